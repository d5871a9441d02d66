namespace Megatux.Pushmon;

/// <summary>What an expression of a direct program may give.</summary>
internal enum DirectKind : byte
{
    /// <summary><c>#f</c></summary>
    False,

    /// <summary><c>#t</c></summary>
    True,

    /// <summary>An exact number.</summary>
    Number,

    /// <summary>A symbol, or a string with its quotes, that stands in the sample as it is printed.</summary>
    Text,

    /// <summary>Something that takes the machine: it has the last word on what it is.</summary>
    Other,
}

/// <summary>A value of a direct program.</summary>
/// <param name="Bits">Of a number, all its digits; of a text, where in the sample it begins.</param>
/// <param name="Extent">Of a number, how many digits stand behind the point, 0 to 18; of a text, its bytes.</param>
/// <param name="Kind">What it is.</param>
internal readonly record struct DirectValue(long Bits, int Extent, DirectKind Kind)
{
    private static readonly double[] Powers = [.. Enumerable.Range(0, 19).Select(scale => Math.Pow(10, scale))];

    // Up to here a quotient of two doubles is the nearest one to the exact number.
    private const long MostExact = 1L << 53;

    internal static DirectValue Other => new(0, 0, DirectKind.Other);

    internal bool IsTrue => Kind != DirectKind.False;

    internal double ToDouble() => Bits is >= -MostExact and <= MostExact ? Bits / Powers[Extent] : DecimalText.ToDouble(Bits, Extent);

    internal static DirectValue Of(bool value) => new(0, 0, value ? DirectKind.True : DirectKind.False);
}
