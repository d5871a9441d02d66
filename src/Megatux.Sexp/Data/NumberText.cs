using System.Buffers;
using System.Globalization;

namespace Megatux.Sexp;

/// <summary>Which atoms are numbers: <c>12 -3 0x4336 1266084142.710273 +inf.0 -inf.0 +nan.0</c>. Exponents are none of the grammar.</summary>
internal static class NumberText
{
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    /// <summary>Whether an atom is a number.</summary>
    internal static bool IsNumber(ReadOnlySpan<byte> atom)
    {
        if (atom[0] > (byte)'9')
            return false;
        if (IsSpecial(atom))
            return true;
        if (atom is [(byte)'0', (byte)'x', _, ..])
            return !atom[2..].ContainsAnyExcept(HexDigits);
        if (atom[0] is (byte)'+' or (byte)'-')
            atom = atom[1..];
        int digits = DigitsAtStart(atom);
        if (digits == 0 || digits == atom.Length)
            return digits > 0;
        return atom[digits] == (byte)'.' && digits + 1 < atom.Length && DigitsAtStart(atom[(digits + 1)..]) == atom.Length - digits - 1;
    }

    /// <summary>The value of an atom that is a number.</summary>
    /// <remarks>With more digits than an exact number has it is read as an inexact one, the nearest.</remarks>
    internal static SexpValue Read(ReadOnlySpan<byte> number)
    {
        if (IsSpecial(number))
            return SexpValue.Inexact(number[1] == (byte)'n' ? double.NaN : number[0] == (byte)'-' ? double.NegativeInfinity : double.PositiveInfinity);
        if (number is [(byte)'0', (byte)'x', ..])
            return ReadHex(number[2..]);
        bool isNegative = number[0] == (byte)'-';
        ReadOnlySpan<byte> digits = number[0] is (byte)'+' or (byte)'-' ? number[1..] : number;
        int point = digits.IndexOf((byte)'.'), scale = point < 0 ? 0 : digits.Length - point - 1;
        Int128 mantissa = 0;
        foreach (byte digit in digits)
        {
            if (digit == (byte)'.')
                continue;
            mantissa = mantissa * 10 + (digit - '0');
            if (mantissa > (Int128)long.MaxValue + 1)
                return SexpValue.Inexact(double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture));
        }

        mantissa = isNegative ? -mantissa : mantissa;
        return scale <= ExactNumber.MaxScale && mantissa <= long.MaxValue ? SexpValue.Exact((long)mantissa, scale)
            : SexpValue.Inexact(double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    private static SexpValue ReadHex(ReadOnlySpan<byte> digits)
    {
        digits = digits.TrimStart((byte)'0');
        if (digits.IsEmpty)
            return 0;
        double inexact = 0;
        if (digits.Length <= 16 && ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value))
            return value <= long.MaxValue ? (long)value : SexpValue.Inexact(value);
        foreach (byte digit in digits)
            inexact = inexact * 16 + (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        return SexpValue.Inexact(inexact);
    }

    private static bool IsSpecial(ReadOnlySpan<byte> atom) =>
        atom.Length == 6 && (atom.SequenceEqual("+inf.0"u8) || atom.SequenceEqual("-inf.0"u8) || atom.SequenceEqual("+nan.0"u8));

    private static int DigitsAtStart(ReadOnlySpan<byte> text)
    {
        int length = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return length < 0 ? text.Length : length;
    }
}
