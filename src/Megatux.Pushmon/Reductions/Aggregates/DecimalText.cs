using System.Globalization;
using System.Text;
using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>Decimals of 128 bits: sums of exact numbers, and of their squares, do not depend on the order as long as they are exact.</summary>
internal static class DecimalText
{
    // An Int128 has 39 digits.
    private const int MostDigits = 39;

    /// <summary>Reads <c>-12.50</c> as -1250 with two digits behind the point.</summary>
    /// <returns>False for what is no such number, or has too many digits.</returns>
    internal static bool TryRead(ReadOnlySpan<byte> text, out Int128 mantissa, out int scale)
    {
        (mantissa, scale) = (0, 0);
        if (text.Length > MostDigits + 1)
            return false;
        int point = text.IndexOf((byte)'.');
        if (point < 0)
            return Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out mantissa);
        scale = text.Length - point - 1;
        Span<byte> digits = stackalloc byte[MostDigits + 1];
        text[..point].CopyTo(digits);
        text[(point + 1)..].CopyTo(digits[point..]);
        return Int128.TryParse(digits[..(text.Length - 1)], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out mantissa);
    }

    /// <summary>Writes a decimal without zeros at the end of its fraction: equal numbers have one text.</summary>
    internal static void Write(SexpWriter output, Int128 mantissa, int scale)
    {
        for (; scale > 0 && mantissa % 10 == 0; scale--)
            mantissa /= 10;
        string digits = Int128.Abs(mantissa).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        string text = $"{(mantissa < 0 ? "-" : "")}{digits[..^scale]}{(scale > 0 ? "." : "")}{digits[^scale..]}";
        output.Atom(Encoding.ASCII.GetBytes(text));
    }

    /// <summary>The nearest inexact number.</summary>
    internal static double ToDouble(Int128 mantissa, int scale) =>
        double.Parse(string.Create(CultureInfo.InvariantCulture, $"{mantissa}e-{scale}"), CultureInfo.InvariantCulture);

    /// <summary>Gives a decimal more digits behind its point.</summary>
    /// <returns>False when it would get near the end of 128 bits.</returns>
    internal static bool TryWiden(ref Int128 mantissa, int digits)
    {
        Int128 most = Int128.MaxValue / 40;
        for (; digits > 0; digits--)
        {
            if (mantissa > most || mantissa < -most)
                return false;
            mantissa *= 10;
        }

        return true;
    }
}
