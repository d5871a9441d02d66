using System.Runtime.CompilerServices;

namespace Megatux.Pushmon;

/// <summary>What an expression of a direct program may give.</summary>
internal enum DirectKind
{
    /// <summary>An exact number.</summary>
    Number,

    /// <summary><c>#f</c></summary>
    False,

    /// <summary><c>#t</c></summary>
    True,

    /// <summary>A symbol, or a string with its quotes, that stands in the sample as it is printed.</summary>
    Text,

    /// <summary>Something that takes the machine: it has the last word on what it is.</summary>
    Other,
}

/// <summary>A value of a direct program.</summary>
internal readonly struct DirectValue
{
    // Up to here a quotient of two doubles is the nearest one to the exact number.
    private const long MostExact = 1L << 53;

    // Kind and extent are one word: processors pass on what was just written only when it is read by the word as well.
    private const int KindShift = 32;

    private readonly long _form;

    /// <param name="bits">As <see cref="Bits"/>.</param>
    /// <param name="extent">As <see cref="Extent"/>.</param>
    /// <param name="kind">As <see cref="Kind"/>.</param>
    internal DirectValue(long bits, int extent, DirectKind kind) => (Bits, _form) = (bits, FormOf(kind, extent));

    internal static DirectValue Other => new(0, 0, DirectKind.Other);

    internal static DirectValue False => new(0, 0, DirectKind.False);

    /// <summary>Of a number, all its digits; of a text, where in the sample it begins.</summary>
    internal long Bits { get; }

    /// <summary>Of a number, how many digits stand behind the point, 0 to 18; of a text, its bytes.</summary>
    internal int Extent => (int)_form;

    /// <summary>What it is.</summary>
    internal DirectKind Kind => (DirectKind)(_form >> KindShift);

    internal bool IsTrue => Kind != DirectKind.False;

    private static ReadOnlySpan<double> Powers => [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18];

    /// <summary>Whether it is a number with so many digits behind the point.</summary>
    internal bool IsNumberOf(int scale) => _form == FormOf(DirectKind.Number, scale);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal double ToDouble() => Bits is >= -MostExact and <= MostExact ? Bits / Powers[Extent] : DecimalText.ToDouble(Bits, Extent);

    internal static DirectValue Of(bool value) => new(0, 0, value ? DirectKind.True : DirectKind.False);

    private static long FormOf(DirectKind kind, int extent) => ((long)kind << KindShift) | (uint)extent;
}
