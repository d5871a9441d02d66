namespace Megatux.Model;

public static partial class ErrorCodes
{
    /// <summary>A host cannot tell which of the experiment's hosts it is: what it goes by belongs to none. Compare with megatux plan.</summary>
    public const string HostUnknown = "MTX3501";

    /// <summary>The experiment runs on this machine already. Look at it with megatux status, or end it with megatux halt.</summary>
    public const string AlreadyRunning = "MTX3502";

    /// <summary>The experiment does not run on this machine. Start it with megatux boot.</summary>
    public const string NotRunning = "MTX3503";

    /// <summary>The process that keeps the experiment's hosts ended, for a reason that its log gives.</summary>
    public const string FrontEndEnded = "MTX3504";

    /// <summary>Not all nodes came up in time. What they wrote last is in their logs: megatux log NODE.</summary>
    public const string NodesNotUp = "MTX3505";

    /// <summary>This needs root, or a kernel that lets users make user namespaces. Run it with sudo; megatux doctor says what else is missing.</summary>
    public const string RootNeeded = "MTX3506";

    /// <summary>A node set names nodes that the experiment does not have.</summary>
    public const string NodesUnknown = "MTX3507";

    /// <summary>A rate or seed of churn is none. Write it as the message shows.</summary>
    public const string ChurnMalformed = "MTX3508";

    /// <summary>A set of guests to boot cannot be told to their host, for its text is too long. Boot more of the host, or ranges of guests.</summary>
    public const string SelectionTooLong = "MTX3509";

    /// <summary>A command in a node writes more than is passed on. What came is shown; have it write less, to a file for one.</summary>
    public const string AnswerTooLong = "MTX3510";

    /// <summary>Where the experiment's run folder is to be, there is something else. Look what it is, and remove it or name the experiment otherwise.</summary>
    public const string RunFolderTaken = "MTX3511";

    /// <summary>A file of the build is not what its manifest says: it is cut off, or the build was not done. Build the experiment again.</summary>
    public const string BuildIncomplete = "MTX3512";

    /// <summary>A host has no device to make taps with, which plug guests into their network. Load the kernel module tun.</summary>
    public const string TapsUnavailable = "MTX3513";

    /// <summary>A command for a node's shell is longer than one message to it. Put it into a file of an overlay.</summary>
    public const string CommandTooLong = "MTX3514";

    /// <summary>A program that serves machines which boot over a network is not on the PATH. Install the package that the message names.</summary>
    public const string BootServerMissing = "MTX3515";

    /// <summary>What is to boot cannot do so over a network, for a reason that the message gives.</summary>
    public const string NotNetbootable = "MTX3516";
}
