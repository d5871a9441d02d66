using Megatux.Model;
using Megatux.Pushmon;
using Megatux.Sexp;

namespace Megatux.Simulator;

/// <summary>What a program of <see cref="SyntheticSample"/> came to. Null is what no node said.</summary>
internal sealed record Reduced(StatValue? Version, StatValue? One, StatValue? Number, StatValue? Time, GroupValue? Who)
{
    internal static Reduced Read(ReadOnlyMemory<byte> result)
    {
        var values = new Dictionary<string, ReportedValue>();
        foreach (Datum entry in Datum.Parse(result.Span).Items)
            if (entry.Items is [var key, var value])
                values.Add(key.Text, ValueReader.Read(value));
        return new Reduced(
            values.GetValueOrDefault("version") as StatValue, values.GetValueOrDefault("one") as StatValue, values.GetValueOrDefault("number") as StatValue,
            values.GetValueOrDefault("time") as StatValue, values.GetValueOrDefault("who") as GroupValue);
    }

    /// <summary>How many nodes are in it.</summary>
    internal long Count => One?.Count ?? 0;

    /// <summary>Those that are in it, as far as the program names them; null where it does not.</summary>
    internal NodeSet? Nodes => Who is { Groups: [var group] } ? group.Nodes : null;
}
