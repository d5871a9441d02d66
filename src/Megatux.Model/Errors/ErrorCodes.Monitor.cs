namespace Megatux.Model;

public static partial class ErrorCodes
{
    /// <summary>Nobody reports on the experiment: its root does not answer, says nothing, or was gone for too long. Look at it with megatux status.</summary>
    public const string MonitorUnreachable = "MTX4020";

    /// <summary>What should be a report is none. Use the megatux that the experiment was booted with, or record again.</summary>
    public const string ReportMalformed = "MTX4021";

    /// <summary>An option of megatux mon cannot be what it is, or contradicts another. Write it as the message shows.</summary>
    public const string MonitorOption = "MTX4022";

    /// <summary>The root refuses what it was asked for, for a reason that the message gives.</summary>
    public const string MonitorRefused = "MTX4023";

    /// <summary>Metrics cannot be served at an address, for a reason that the message gives. Choose another port or address.</summary>
    public const string MetricsAddressUnusable = "MTX4024";

    /// <summary>Single samples are asked of more nodes than are shown at once. Name fewer.</summary>
    public const string MonitorNodesTooMany = "MTX4025";

    /// <summary>A reduction's file cannot be read, or is no program. Correct it where the message says.</summary>
    public const string ReductionUnreadable = "MTX4026";
}
