using System.Buffers;
using System.Globalization;
using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>
/// What is known of one key of a reduction: of one sample or of ten million, it is of the same kind and of bounded size. Merging does not
/// depend on the order, nor on who merged what before.
/// </summary>
internal abstract class Aggregate
{
    // Numbers without exponents may be long: the greatest has 309 digits.
    private const int LongestNumber = 400;

    private protected static readonly string PlainShape = $"a datum of at most {PlainAggregate.LongestText} bytes";

    /// <summary>What its text begins with.</summary>
    internal abstract string Shape { get; }

    /// <summary>Takes in what another one knows.</summary>
    /// <returns>False when that one is of another kind or has other parameters; nothing was changed then.</returns>
    internal abstract bool TryMerge(Aggregate other);

    /// <summary>Writes the text that <see cref="Read"/> reads.</summary>
    internal abstract void Write(SexpWriter output);

    /// <summary>Reads what a program, or a node below, said.</summary>
    /// <returns>A <see cref="PlainAggregate"/> for what is none of the built-in ones; null for one of these that is not as it must be.</returns>
    internal static Aggregate? Read(Datum value)
    {
        if (value.Items.IsEmpty || value.Items[0].Kind != DatumKind.Symbol)
            return PlainAggregate.TryMake(value);
        ReadOnlySpan<Datum> parts = value.Items[1..];
        return value.Items[0].Text switch
        {
            StatAggregate.Name => StatAggregate.Read(parts),
            TopAggregate.Name => TopAggregate.Read(parts),
            HistogramAggregate.Name => HistogramAggregate.Read(parts),
            DistinctAggregate.Name => DistinctAggregate.Read(parts),
            GroupAggregate.Name => GroupAggregate.Read(parts),
            _ => PlainAggregate.TryMake(value),
        };
    }

    /// <summary>How a value would have to look that <see cref="Read"/> refused.</summary>
    internal static string ShapeOf(Datum value) => value.Items is [{ Kind: DatumKind.Symbol } name, ..] ? name.Text switch
    {
        StatAggregate.Name => new StatAggregate().Shape,
        TopAggregate.Name => new TopAggregate(1).Shape,
        HistogramAggregate.Name => new HistogramAggregate(0, 1, 1).Shape,
        DistinctAggregate.Name => new DistinctAggregate().Shape,
        GroupAggregate.Name => new GroupAggregate().Shape,
        _ => PlainShape,
    } : PlainShape;

    private protected static void WriteName(SexpWriter output, string name)
    {
        output.BeginList();
        output.Atom(System.Text.Encoding.ASCII.GetBytes(name));
    }

    /// <summary>Writes a finite number; a whole one without a point.</summary>
    private protected static void WriteNumber(SexpWriter output, double value)
    {
        if (Math.Abs(value) < 1L << 53 && Math.Truncate(value) == value)
            output.Number((long)value);
        else
            output.Write(SexpValue.Inexact(value).ToDatum());
    }

    private protected static bool TryReadNumber(Datum datum, out double value)
    {
        value = datum.Kind == DatumKind.Number && datum.Bytes.Length <= LongestNumber ? SexpValue.From(datum).ToDouble() : double.NaN;
        return double.IsFinite(value);
    }

    private protected static bool TryReadCount(Datum datum, out long count)
    {
        count = 0;
        return datum.Kind == DatumKind.Number && long.TryParse(datum.Bytes, NumberStyles.None, CultureInfo.InvariantCulture, out count);
    }

    /// <summary>A sum of counts, which stays at the greatest one there is: those that nodes below say are not to be trusted.</summary>
    private protected static long Sum(long a, long b) => a > long.MaxValue - b ? long.MaxValue : a + b;
}
