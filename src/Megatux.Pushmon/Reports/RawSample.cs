using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>What one node said.</summary>
/// <param name="Time">When the sample came to the root, by the root's clock.</param>
/// <param name="Number">The node's number.</param>
/// <param name="Sequence">The sample's number among those of the node.</param>
/// <param name="Dropped">How many samples of the node were dropped so far.</param>
/// <param name="Node">The node's name.</param>
/// <param name="Data">What it said, by its <see cref="SampleSchema"/>.</param>
public sealed record RawSample(DateTimeOffset Time, ulong Number, long Sequence, long Dropped, string Node, Datum Data)
{
    /// <summary>The form that people see: <c>(("MARK: 1266084142.710273") 0x4336 "o0x4336 s17 #0" "vm3.h1" ((uptime 12.31)))</c>.</summary>
    public Datum ToDatum() => ReportWriter.Of(this);
}
