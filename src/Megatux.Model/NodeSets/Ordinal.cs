using System.Diagnostics;
using System.Globalization;

namespace Megatux.Model;

/// <summary>
/// Digit strings as numbers, so that padding is identity and order is by width, then value: first the ten strings of
/// one digit, then 00 to 99, then 000 to 999, and so on. "9" is 9, "00" is 10, "01" is 11, "10" is 20, "000" is 110.
/// </summary>
internal static class Ordinal
{
    /// <summary>Longest digit string; all ordinals, and sums of two, then fit a <see cref="long"/>.</summary>
    public const int MaxWidth = 18;

    private static readonly long[] Powers = MakePowers();

    /// <summary>10 to the power <paramref name="width"/>.</summary>
    public static long Power(int width) => Powers[width];

    /// <summary>Ordinal of the first string of a width: of all zeros.</summary>
    public static long Start(int width) => (Powers[width] - 10) / 9;

    /// <summary>Ordinal of a value written with exactly <paramref name="width"/> digits.</summary>
    public static long Of(int width, long value)
    {
        Debug.Assert(value < Powers[width], "the value needs more digits");
        return Start(width) + value;
    }

    /// <summary>Ordinal of a string of 1 to <see cref="MaxWidth"/> digits.</summary>
    public static long Of(ReadOnlySpan<char> digits) =>
        Of(digits.Length, long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture));

    /// <summary>Number of digits of the string that <paramref name="ordinal"/> stands for.</summary>
    public static int Width(long ordinal)
    {
        int width = 1;
        while (width < MaxWidth && ordinal >= Start(width + 1))
            width++;
        return width;
    }

    /// <summary>Value of the string that <paramref name="ordinal"/> stands for.</summary>
    public static long Value(long ordinal) => ordinal - Start(Width(ordinal));

    /// <summary>Digits that a value has without padding.</summary>
    public static int PlainWidth(long value)
    {
        int width = 1;
        while (width < MaxWidth && value >= Powers[width])
            width++;
        return width;
    }

    /// <summary>Whether a value written in <paramref name="width"/> digits begins with a zero that it could do without.</summary>
    public static bool IsPadded(int width, long value) => width > 1 && value < Powers[width - 1];

    /// <summary>Writes the digits and returns how many they are.</summary>
    public static int Write(long ordinal, Span<char> target)
    {
        int width = Width(ordinal);
        long value = ordinal - Start(width);
        for (int i = width - 1; i >= 0; i--, value /= 10)
            target[i] = (char)('0' + value % 10);
        return width;
    }

    private static long[] MakePowers()
    {
        var powers = new long[MaxWidth + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.Length; i++)
            powers[i] = powers[i - 1] * 10;
        return powers;
    }
}
