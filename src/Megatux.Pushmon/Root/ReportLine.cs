using System.Buffers;
using System.Globalization;
using System.Text;
using Megatux.Model;
using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>
/// Writes how all nodes are as a line of text, an S-expression: <c>(report (time T) (interval S) (nodes CONTRIBUTORS EXPECTED)
/// (age OLDEST NEWEST) (dropped N) (reductions ...) (problems ...) (raw ...) (schemas ...))</c>.
/// </summary>
internal static class ReportLine
{
    private const byte LineEnd = (byte)'\n';

    /// <summary>Writes a report.</summary>
    /// <param name="push">What all came to.</param>
    /// <param name="expected">How many nodes the experiment has.</param>
    /// <param name="interval">How often there is one.</param>
    /// <param name="at">The root's time.</param>
    /// <param name="watched">Nodes whose samples are in it as they are; null for a report without such.</param>
    internal static byte[] Write(PushMessage push, long expected, TimeSpan interval, DateTimeOffset at, NodeSet? watched)
    {
        var output = new ArrayBufferWriter<byte>(4 << 10);
        string time = Seconds(at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks);
        Put(output, $"(report (time {time}) (interval {Seconds(interval.Ticks)}) (nodes {push.Contributors} {expected})");
        Put(output, $" (age {Seconds(push.Ages.Oldest.Ticks)} {Seconds(push.Ages.Newest.Ticks)}) (dropped {push.Dropped}) (reductions");
        foreach (ReducedPart part in push.Parts.Where(part => !part.Result.IsEmpty))
        {
            // The parts of the result stand behind the name.
            Put(output, $" ({part.Name}");
            ReadOnlySpan<byte> keys = part.Result.Span[1..^1];
            if (!keys.IsEmpty)
                Put(output, " ");
            output.Write(keys);
            Put(output, ")");
        }

        Put(output, ") (problems");
        foreach (ReducedPart part in push.Parts.Where(part => part.Problems > 0))
            Put(output, $" ({part.Name} {part.Problems} {Datum.String(part.Problem)})");
        Put(output, ")");
        if (watched is not null)
            WriteRaw(push.Raw.Where(sample => watched.Contains(sample.Node)).ToArray(), at, output);
        Put(output, ")");

        // A line's end can stand within strings, whose text others chose.
        byte[] line = [.. output.WrittenSpan, LineEnd];
        line.AsSpan(0, line.Length - 1).Replace(LineEnd, (byte)' ');
        return line;
    }

    private static void WriteRaw(WatchedSample[] samples, DateTimeOffset at, ArrayBufferWriter<byte> output)
    {
        Put(output, " (raw");
        foreach (WatchedSample sample in samples)
        {
            string mark = Seconds(at.UtcTicks - sample.Age.Ticks - DateTimeOffset.UnixEpoch.UtcTicks);
            Put(output, $" ((\"MARK: {mark}\") 0x{sample.Number:x} \"o0x{sample.Number:x} s{sample.Sequence} #{sample.Dropped}\" \"{sample.Node}\" ");
            output.Write(sample.Data.Span);
            Put(output, ")");
        }

        Put(output, ") (schemas");
        foreach (IGrouping<string, WatchedSample> same in samples.GroupBy(sample => Convert.ToHexString(sample.Schema.Span)))
        {
            Put(output, $" (\"{NodeSet.UnionOf(same.Select(sample => NodeSet.Parse(sample.Node)))}\" ");
            output.Write(same.First().Schema.IsEmpty ? "()"u8 : same.First().Schema.Span);
            Put(output, ")");
        }

        Put(output, ")");
    }

    private static string Seconds(long ticks) => (ticks / (decimal)TimeSpan.TicksPerSecond).ToString("0.000000", CultureInfo.InvariantCulture);

    private static void Put(ArrayBufferWriter<byte> output, FormattableString text) => Put(output, FormattableString.Invariant(text));

    private static void Put(ArrayBufferWriter<byte> output, string text) => output.Write(Encoding.UTF8.GetBytes(text));
}
