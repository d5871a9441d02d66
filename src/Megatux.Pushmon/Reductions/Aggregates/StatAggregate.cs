using System.Runtime.CompilerServices;
using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>
/// <c>(stat COUNT SUM MIN MAX SUMSQ)</c>: mean and deviation follow from it. Exact as long as sums fit into 128 bits and numbers into 62
/// bits and nine digits behind the point, and then the same in whatever order it was merged; inexact, with 64 bits, from there on.
/// </summary>
internal sealed partial class StatAggregate : Aggregate
{
    internal const string Name = "stat";
    private const int MostScale = 9;
    private const long MostMantissa = 1L << 62;

    // Numbers whose squares have 64 bits, and as many of them as have a sum of 64 bits.
    private const long MostSmall = 1L << 31;
    private const int MostGathered = 1 << 30;

    // Greatest sums that are kept exact: two of them together still fit.
    private static readonly Int128 MostSum = Int128.MaxValue >> 2;

    // Exact: all numbers times ten to the power of the scale; the squares have twice as many digits behind the point.
    private long _count, _least = long.MaxValue, _most = long.MinValue;
    private Int128 _sum, _squares;
    private int _scale;

    // What was gathered and is in none of the sums yet.
    private int _gathered;
    private long _gatheredSum;
    private ulong _gatheredSquares, _gatheredCarry;

    private bool _isInexact;
    private double _inexactSum, _inexactLeast, _inexactMost, _inexactSquares;

    internal override string Shape => "(stat COUNT SUM MIN MAX SUMSQ)";

    /// <summary>Takes in an exact number.</summary>
    /// <param name="mantissa">All its digits.</param>
    /// <param name="scale">How many stand behind the point, 0 to 18.</param>
    internal void Add(long mantissa, int scale)
    {
        if (!TryGather(new DirectValue(mantissa, scale, DirectKind.Number)))
            AddAny(mantissa, scale);
    }

    /// <summary>Takes in a number like those before: small, and with as many digits behind the point.</summary>
    /// <returns>False for any other value.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryGather(in DirectValue number)
    {
        long mantissa = number.Bits;
        if (!number.IsNumberOf(_scale) || (ulong)(mantissa + MostSmall) > 2 * MostSmall || _gathered == MostGathered || _isInexact)
            return false;
        _gathered++;
        _gatheredSum += mantissa;
        ulong square = (ulong)(mantissa * mantissa), squares = _gatheredSquares + square;
        _gatheredSquares = squares;
        if (squares < square)
            _gatheredCarry++;
        if (mantissa < _least)
            _least = mantissa;
        if (mantissa > _most)
            _most = mantissa;
        return true;
    }

    /// <summary>Takes in any other finite number.</summary>
    internal void Add(double value)
    {
        Settle();
        MakeInexact();
        Merge(1, value, value, value, value * value);
    }

    internal override bool TryMerge(Aggregate other)
    {
        if (other is not StatAggregate stat)
            return false;
        Settle();
        stat.Settle();
        if (!TryMergeExact(stat))
        {
            MakeInexact();
            stat.MakeInexact();
            Merge(stat._count, stat._inexactSum, stat._inexactLeast, stat._inexactMost, stat._inexactSquares);
        }

        return true;
    }

    /// <summary>Adds to the sums what was gathered.</summary>
    private void Settle()
    {
        _count = Sum(_count, _gathered);
        _sum += _gatheredSum;
        _squares += new Int128(_gatheredCarry, _gatheredSquares);
        (_gathered, _gatheredSum, _gatheredSquares, _gatheredCarry) = (0, 0, 0, 0);
        if (_squares > MostSum)
            MakeInexact();
    }

    private void AddAny(long mantissa, int scale)
    {
        Settle();
        Int128 aligned = mantissa;
        if (_isInexact || !TryAlign(ref aligned, scale) || Int128.Abs(aligned) > MostMantissa)
        {
            Add(DecimalText.ToDouble(mantissa, scale));
            return;
        }

        _count = Sum(_count, 1);
        _sum += aligned;
        _squares += aligned * aligned;
        _least = Math.Min(_least, (long)aligned);
        _most = Math.Max(_most, (long)aligned);
        if (_squares > MostSum)
            MakeInexact();
    }

    /// <summary>Gives this one and a number the same scale.</summary>
    private bool TryAlign(ref Int128 mantissa, int scale)
    {
        if (scale > MostScale)
            return false;
        if (scale > _scale && !TryWiden(scale - _scale))
            return false;
        return DecimalText.TryWiden(ref mantissa, _scale - scale);
    }

    private bool TryWiden(int digits)
    {
        if (_count == 0)
        {
            _scale += digits;
            return true;
        }

        Int128 sum = _sum, squares = _squares, least = _least, most = _most;
        if (!DecimalText.TryWiden(ref sum, digits) || !DecimalText.TryWiden(ref squares, 2 * digits)
            || !DecimalText.TryWiden(ref least, digits) || !DecimalText.TryWiden(ref most, digits)
            || Int128.Abs(least) > MostMantissa || Int128.Abs(most) > MostMantissa)
            return false;
        (_sum, _squares, _least, _most, _scale) = (sum, squares, (long)least, (long)most, _scale + digits);
        return true;
    }

    private bool TryMergeExact(StatAggregate other)
    {
        if (_isInexact || other._isInexact || !TryReach(other._scale) || !other.TryReach(_scale))
            return false;
        _count = Sum(_count, other._count);
        _sum += other._sum;
        _squares += other._squares;
        _least = Math.Min(_least, other._least);
        _most = Math.Max(_most, other._most);
        if (_squares > MostSum || Int128.Abs(_sum) > MostSum)
            MakeInexact();
        return true;
    }

    private bool TryReach(int scale) => scale <= _scale || TryWiden(scale - _scale);

    private void Merge(long count, double sum, double least, double most, double squares)
    {
        bool isFirst = _count == 0;
        _count = Sum(_count, count);
        _inexactSum = Bounded(_inexactSum + sum);
        _inexactSquares = Bounded(_inexactSquares + squares);
        _inexactLeast = isFirst ? least : Math.Min(_inexactLeast, least);
        _inexactMost = isFirst ? most : Math.Max(_inexactMost, most);
    }

    private void MakeInexact()
    {
        if (_isInexact)
            return;
        _isInexact = true;
        (_inexactSum, _inexactSquares) = (DecimalText.ToDouble(_sum, _scale), DecimalText.ToDouble(_squares, 2 * _scale));
        (_inexactLeast, _inexactMost) = (DecimalText.ToDouble(_least, _scale), DecimalText.ToDouble(_most, _scale));
    }

    // An infinity would be no sum any more, and could not be read above.
    private static double Bounded(double value) => Math.Clamp(value, -double.MaxValue, double.MaxValue);
}
