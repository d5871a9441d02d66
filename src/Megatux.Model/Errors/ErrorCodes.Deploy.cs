namespace Megatux.Model;

public static partial class ErrorCodes
{
    /// <summary>The folder for a netboot tree holds something else, and is left as it is. Name an empty folder, a new one, or a netboot tree.</summary>
    public const string NotNetbootTree = "MTX4101";

    /// <summary>A netboot tree cannot be read or written, for a reason that the message gives; what was deployed before is as it was.</summary>
    public const string DeploymentFailed = "MTX4102";

    /// <summary>There is no such deployment in the netboot tree. See megatux deploy --list.</summary>
    public const string DeploymentUnknown = "MTX4103";

    /// <summary>Somebody else deploys to the same netboot tree at the moment. Try again when that is done.</summary>
    public const string DeploymentBusy = "MTX4104";

    /// <summary>Options of megatux deploy contradict each other, or lack one. Write them as the message shows.</summary>
    public const string DeployOption = "MTX4105";

    /// <summary>A host cannot go on with the kernel of a deployment, for a reason that the message gives; it runs on as it did.</summary>
    public const string KexecRefused = "MTX4106";

    /// <summary>Hosts that boot members of their own are too scattered, or have too many, for a DHCP server's ranges and options. Do as the message says.</summary>
    public const string HostClassesTooMany = "MTX4107";
}
