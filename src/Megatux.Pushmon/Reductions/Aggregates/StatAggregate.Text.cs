using Megatux.Sexp;

namespace Megatux.Pushmon;

internal sealed partial class StatAggregate
{
    internal override void Write(SexpWriter output)
    {
        Settle();
        WriteName(output, Name);
        output.Number(_count);
        if (_isInexact)
        {
            foreach (double value in (ReadOnlySpan<double>)[_inexactSum, _inexactLeast, _inexactMost, _inexactSquares])
                WriteNumber(output, value);
        }
        else
        {
            foreach (Int128 value in (ReadOnlySpan<Int128>)[_sum, _least, _most])
                DecimalText.Write(output, value, _scale);
            DecimalText.Write(output, _squares, 2 * _scale);
        }

        output.EndList();
    }

    internal static StatAggregate? Read(ReadOnlySpan<Datum> parts)
    {
        if (parts is not [var count, var sum, var least, var most, var squares]
            || !TryReadNumber(sum, out double inexactSum) || !TryReadNumber(least, out double inexactLeast)
            || !TryReadNumber(most, out double inexactMost) || !TryReadNumber(squares, out double inexactSquares))
            return null;
        var stat = new StatAggregate();
        if (!TryReadCount(count, out stat._count) || stat._count == 0 || stat.TryReadExact(sum, least, most, squares))
            return stat._count == 0 ? null : stat;
        stat._isInexact = true;
        (stat._inexactSum, stat._inexactLeast, stat._inexactMost, stat._inexactSquares) = (inexactSum, inexactLeast, inexactMost, inexactSquares);
        return stat;
    }

    private bool TryReadExact(Datum sumText, Datum leastText, Datum mostText, Datum squaresText)
    {
        if (!DecimalText.TryRead(sumText.Bytes, out Int128 sum, out int sumScale) || !DecimalText.TryRead(leastText.Bytes, out Int128 least, out int leastScale)
            || !DecimalText.TryRead(mostText.Bytes, out Int128 most, out int mostScale)
            || !DecimalText.TryRead(squaresText.Bytes, out Int128 squares, out int squaresScale))
            return false;

        // Zeros at the end are not written: each text has the scale that it needs.
        int scale = Math.Max(Math.Max(sumScale, (squaresScale + 1) / 2), Math.Max(leastScale, mostScale));
        if (scale > MostScale || !DecimalText.TryWiden(ref sum, scale - sumScale) || !DecimalText.TryWiden(ref squares, 2 * scale - squaresScale)
            || !DecimalText.TryWiden(ref least, scale - leastScale) || !DecimalText.TryWiden(ref most, scale - mostScale)
            || Int128.Abs(sum) > MostSum || squares > MostSum || squares < 0 || Int128.Abs(least) > MostMantissa || Int128.Abs(most) > MostMantissa)
            return false;
        (_sum, _squares, _least, _most, _scale) = (sum, squares, (long)least, (long)most, scale);
        return true;
    }
}
