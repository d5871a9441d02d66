using Megatux.Pushmon;

namespace Megatux.Cli;

/// <summary>A node among others, as its last sample shows it. What a node does not say is null.</summary>
internal sealed record NodeRow(string Node)
{
    private const double BytesInKibibyte = 1024;

    /// <summary>One-minute load.</summary>
    internal double? Load { get; init; }

    /// <summary>How much of its processors is busy, in percent.</summary>
    internal double? Busy { get; init; }

    /// <summary>Memory in use, in bytes.</summary>
    internal double? Memory { get; init; }

    /// <summary>Bytes received a second.</summary>
    internal double? Received { get; init; }

    /// <summary>Bytes sent a second.</summary>
    internal double? Sent { get; init; }

    /// <summary>Number of tasks.</summary>
    internal double? Tasks { get; init; }

    /// <summary>Seconds since it came up.</summary>
    internal double? Uptime { get; init; }

    /// <summary>How old the sample is, in seconds; null where there is none yet.</summary>
    internal double? Age { get; init; }

    /// <summary>How many samples of it were dropped.</summary>
    internal long Dropped { get; init; }

    /// <summary>Whether newer samples of it should have come.</summary>
    internal bool IsStale { get; init; }

    internal static NodeRow Of(RawSample sample, SampleSchema? schema)
    {
        double? total = Find("memory", "total") * BytesInKibibyte, available = Find("memory", "available") * BytesInKibibyte;
        return new NodeRow(sample.Node)
        {
            Load = Find("load", "one"),
            Busy = Find("busy", "percent"),
            Memory = total - available,
            Received = Find("traffic", "rx"),
            Sent = Find("traffic", "tx"),
            Tasks = Find("tasks", "total"),
            Uptime = Find("uptime", "seconds"),
            Dropped = sample.Dropped,
        };

        double? Find(string group, string field) => schema?.Find(sample.Data, group, field);
    }
}
