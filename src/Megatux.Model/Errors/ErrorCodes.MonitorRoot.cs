namespace Megatux.Model;

public static partial class ErrorCodes
{
    /// <summary>The root of monitoring was asked for what it does not understand. Use a client of its own version.</summary>
    public const string MonitorRequestMalformed = "MTX4040";

    /// <summary>More nodes are to be watched one by one than one client may. Name fewer of them.</summary>
    public const string WatchedTooMany = "MTX4041";

    /// <summary>The reduction that is always there can be neither replaced nor forgotten. Give another one a name of its own.</summary>
    public const string ReductionBuiltIn = "MTX4042";

    /// <summary>As many reductions run as may at once. Have some forgotten.</summary>
    public const string ReductionsTooMany = "MTX4043";

    /// <summary>There is no reduction of that name. See those that there are.</summary>
    public const string ReductionUnknown = "MTX4044";
}
