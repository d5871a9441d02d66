namespace Megatux.Model;

public static partial class ErrorCodes
{
    /// <summary>A reduction cannot be compiled: its text is malformed, or does not define what it has to. The message says where and what was expected.</summary>
    public const string ReductionMalformed = "MTX4001";

    /// <summary>The text of a reduction is longer than one may be. Say the same with less, or make two of it.</summary>
    public const string ReductionTooLong = "MTX4002";

    /// <summary>A reduction has a name that none can have. Take letters, digits and dashes, as in busy-hosts.</summary>
    public const string ReductionBadName = "MTX4003";

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

    /// <summary>The root of monitoring was asked for what it does not understand. Use a client of its own version.</summary>
    public const string MonitorRequestMalformed = "MTX4040";

    /// <summary>The reduction that is always there can be neither replaced nor forgotten. Give another one a name of its own.</summary>
    public const string ReductionBuiltIn = "MTX4042";

    /// <summary>As many reductions run as may at once. Have some forgotten.</summary>
    public const string ReductionsTooMany = "MTX4043";

    /// <summary>There is no reduction of that name. See those that there are.</summary>
    public const string ReductionUnknown = "MTX4044";
}
