namespace Megatux.Model;

public static partial class ErrorCodes
{
    /// <summary>Nobody starts jobs in the experiment: its root does not answer, or was gone for too long. Look at it with megatux status.</summary>
    public const string RootUnreachable = "MTX3801";

    /// <summary>There is no such job: it is none of this experiment's, or one that is no longer kept. See megatux jobs.</summary>
    public const string JobUnknown = "MTX3802";

    /// <summary>As many jobs run as nodes keep in mind. Wait for some to end, or end them with megatux kill.</summary>
    public const string JobsTooMany = "MTX3803";

    /// <summary>A job cannot be kept, for a reason that the message gives, such as a full disk. Free some space, and start it again.</summary>
    public const string JobNotKept = "MTX3804";

    /// <summary>A job is not over after the time that was given for it. It goes on: attach to it again, or end it.</summary>
    public const string JobNotOver = "MTX3805";

    /// <summary>A job, or an option of a command about jobs, cannot be what it is. Write it as the message shows.</summary>
    public const string JobMalformed = "MTX3806";

    /// <summary>A node cannot be put into a state: it follows from what the node does. Start the node again, or end it.</summary>
    public const string StateNotSettable = "MTX3807";

    /// <summary>More clients follow the experiment's jobs than are served at once. End some of them.</summary>
    public const string ClientsTooMany = "MTX3808";
}
