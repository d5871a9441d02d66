using System.Globalization;
using System.Text;

namespace Megatux.Sexp;

public readonly partial struct SexpValue
{
    internal ExactNumber AsExact => new(_bits, _reference is Tag tag ? tag.Scale : 0);

    internal double AsInexact => BitConverter.Int64BitsToDouble(_bits);

    /// <summary>A number as the nearest inexact one; NaN for what is no number.</summary>
    public double ToDouble() => IsInexact ? AsInexact : IsNumber ? AsExact.ToDouble() : double.NaN;

    /// <summary>A number as an integer.</summary>
    /// <returns>False when it is no exact number, or no whole one.</returns>
    public bool TryGetInteger(out long value)
    {
        bool isWhole = IsNumber && !IsInexact && AsExact.IsWhole;
        value = isWhole ? AsExact.Truncate() : 0;
        return isWhole;
    }

    /// <summary>An exact number by its digits: <paramref name="mantissa"/> divided by ten to the power of <paramref name="scale"/>.</summary>
    /// <param name="mantissa">All digits.</param>
    /// <param name="scale">How many stand behind the point, 0 to 18.</param>
    /// <returns>False when it is no exact number.</returns>
    public bool TryGetExact(out long mantissa, out int scale)
    {
        bool isExact = IsNumber && !IsInexact;
        (mantissa, scale) = isExact ? (AsExact.Mantissa, AsExact.Scale) : (0, 0);
        return isExact;
    }

    /// <summary>A number as it is written.</summary>
    internal byte[] NumberBytes() => Encoding.ASCII.GetBytes(IsInexact ? Write(AsInexact) : Write(AsExact));

    private static string Write(ExactNumber number)
    {
        string text = number.Mantissa.ToString(CultureInfo.InvariantCulture);
        if (number.Scale == 0)
            return text;
        string sign = number.Mantissa < 0 ? "-" : "", digits = text[sign.Length..].PadLeft(number.Scale + 1, '0');
        return $"{sign}{digits[..^number.Scale]}.{digits[^number.Scale..]}";
    }

    // The shortest digits that read as the same number; the grammar has no exponents, so that zeros take their place.
    private static string Write(double number)
    {
        if (!double.IsFinite(number))
            return double.IsNaN(number) ? "+nan.0" : number > 0 ? "+inf.0" : "-inf.0";
        string shortest = number.ToString("R", CultureInfo.InvariantCulture);
        if (!shortest.Contains('E', StringComparison.Ordinal))
            return shortest.Contains('.', StringComparison.Ordinal) ? shortest : shortest + ".0";
        int exponentAt = shortest.IndexOf('E', StringComparison.Ordinal);
        int exponent = int.Parse(shortest.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string sign = number < 0 ? "-" : "", digits = shortest[sign.Length..exponentAt].Replace(".", "", StringComparison.Ordinal);
        return exponent < 0 ? $"{sign}0.{new string('0', -exponent - 1)}{digits}"
            : digits.Length <= exponent + 1 ? $"{sign}{digits.PadRight(exponent + 1, '0')}.0"
            : $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }
}
