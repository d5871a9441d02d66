using System.Buffers;

namespace Megatux.Sexp;

/// <summary>
/// The canonical form of RFC 9804, for bytes that are hashed or signed: each datum has one text, and each text is one datum. It is a
/// language of its own, which whoever talks to another has agreed upon: nobody guesses it from the bytes.
/// </summary>
/// <remarks>
/// <para>
/// canonical form (RFC 9804, section 6.1): <c>4:abcd</c> is an octet string of four bytes, <c>[4:hint]4:abcd</c> one with a display
/// hint, <c>(1:a1:b)</c> a list. There is no whitespace, and lengths have no zeros in front.
/// </para>
/// <para>
/// The form does not tell atoms from strings. An octet string that could be an atom is one here; a string that looks like an atom has
/// the hint <c>text</c>, and so <c>abc</c> is <c>3:abc</c> and <c>"abc"</c> is <c>[4:text]3:abc</c>. All other hints are kept.
/// </para>
/// </remarks>
public static partial class CanonicalSexp
{
    private static ReadOnlySpan<byte> TextHint => "text"u8;

    /// <summary>Writes a datum.</summary>
    public static void Write(Datum datum, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(datum);
        ArgumentNullException.ThrowIfNull(output);
        if (datum.Kind == DatumKind.List)
        {
            output.Write("("u8);
            foreach (Datum item in datum.Items)
                Write(item, output);
            output.Write(")"u8);
            return;
        }

        ReadOnlySpan<byte> hint = datum.Hint;
        if (hint.IsEmpty && datum.Kind == DatumKind.String && ByteClasses.AreAtom(datum.Bytes))
            hint = TextHint;
        if (!hint.IsEmpty)
        {
            output.Write("["u8);
            Write(hint, output);
            output.Write("]"u8);
        }

        Write(datum.Bytes, output);
    }

    /// <summary>The bytes of a datum in canonical form.</summary>
    public static byte[] ToBytes(Datum datum)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(datum, output);
        return output.WrittenSpan.ToArray();
    }

    private static void Write(ReadOnlySpan<byte> octets, IBufferWriter<byte> output)
    {
        Span<byte> length = stackalloc byte[MostDigits + 1];
        octets.Length.TryFormat(length, out int digits, provider: System.Globalization.CultureInfo.InvariantCulture);
        length[digits] = (byte)':';
        output.Write(length[..(digits + 1)]);
        output.Write(octets);
    }
}
