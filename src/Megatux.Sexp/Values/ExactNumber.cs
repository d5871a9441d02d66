using System.Globalization;

namespace Megatux.Sexp;

/// <summary>A decimal of 64 bits and up to 18 digits behind the point: what counters, times and their sums need, without rounding.</summary>
internal readonly record struct ExactNumber(long Mantissa, int Scale)
{
    internal const int MaxScale = 18;

    // Of ten.
    private static readonly long[] Powers =
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000,
        1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000,
        100_000_000_000_000_000, 1_000_000_000_000_000_000,
    ];

    /// <summary>The nearest inexact number.</summary>
    internal double ToDouble()
    {
        // A quotient of two numbers that are exact is rounded once; what has more digits is rounded as text is.
        const long MostExact = 1L << 53;
        return Mantissa is >= -MostExact and <= MostExact || Scale == 0 ? Mantissa / (double)Powers[Scale]
            : double.Parse(string.Create(CultureInfo.InvariantCulture, $"{Mantissa}e-{Scale}"), CultureInfo.InvariantCulture);
    }

    internal bool IsWhole => Scale == 0 || Mantissa % Powers[Scale] == 0;

    /// <summary>The integer below it.</summary>
    internal long Floor()
    {
        long whole = Mantissa / Powers[Scale];
        return Mantissa < 0 && whole * Powers[Scale] != Mantissa ? whole - 1 : whole;
    }

    internal long Truncate() => Mantissa / Powers[Scale];

    /// <summary>The nearest integer; of two that are equally near, the even one.</summary>
    internal long Round()
    {
        long floor = Floor();
        Int128 twice = ((Int128)Mantissa - (Int128)floor * Powers[Scale]) * 2;
        return twice > Powers[Scale] || (twice == Powers[Scale] && floor % 2 != 0) ? floor + 1 : floor;
    }

    internal static bool TryAdd(ExactNumber a, ExactNumber b, out ExactNumber sum)
    {
        int scale = Math.Max(a.Scale, b.Scale);
        return TryFit(a.Widen(scale) + b.Widen(scale), scale, out sum);
    }

    internal static bool TrySubtract(ExactNumber a, ExactNumber b, out ExactNumber difference)
    {
        int scale = Math.Max(a.Scale, b.Scale);
        return TryFit(a.Widen(scale) - b.Widen(scale), scale, out difference);
    }

    internal static bool TryMultiply(ExactNumber a, ExactNumber b, out ExactNumber product) =>
        TryFit((Int128)a.Mantissa * b.Mantissa, a.Scale + b.Scale, out product);

    /// <summary>Divides by a number that is not zero.</summary>
    /// <returns>False when the quotient has no end, or does not fit.</returns>
    internal static bool TryDivide(ExactNumber a, ExactNumber b, out ExactNumber quotient)
    {
        Int128 numerator = (Int128)a.Mantissa * Powers[b.Scale], denominator = (Int128)b.Mantissa * Powers[a.Scale];
        Int128 divisor = GreatestCommon(Int128.Abs(numerator), Int128.Abs(denominator));
        if (denominator < 0)
            divisor = -divisor;
        (numerator, denominator) = (numerator / divisor, denominator / divisor);
        quotient = default;

        // A fraction has an end when nothing but twos and fives divides it.
        int twos = 0, fives = 0;
        for (; denominator % 2 == 0; denominator /= 2)
            twos++;
        for (; denominator % 5 == 0; denominator /= 5)
            fives++;
        int scale = Math.Max(twos, fives);
        if (denominator != 1 || scale > MaxScale || numerator > long.MaxValue || numerator < long.MinValue)
            return false;
        for (int i = twos; i < scale; i++)
            numerator *= 2;
        for (int i = fives; i < scale; i++)
            numerator *= 5;
        return TryFit(numerator, scale, out quotient);
    }

    internal static int Compare(ExactNumber a, ExactNumber b)
    {
        int scale = Math.Max(a.Scale, b.Scale);
        return a.Widen(scale).CompareTo(b.Widen(scale));
    }

    private Int128 Widen(int scale) => (Int128)Mantissa * Powers[scale - Scale];

    private static bool TryFit(Int128 mantissa, int scale, out ExactNumber number)
    {
        while ((scale > MaxScale || mantissa > long.MaxValue || mantissa < long.MinValue) && scale > 0 && mantissa % 10 == 0)
        {
            mantissa /= 10;
            scale--;
        }

        bool fits = scale <= MaxScale && mantissa <= long.MaxValue && mantissa >= long.MinValue;
        number = fits ? new ExactNumber((long)mantissa, scale) : default;
        return fits;
    }

    private static Int128 GreatestCommon(Int128 a, Int128 b)
    {
        while (b != 0)
            (a, b) = (b, a % b);
        return a;
    }
}
