using System.Buffers;
using System.Globalization;
using System.Text;

namespace Megatux.Imaging;

/// <summary>
/// Names from foreign images as text. A byte that is not UTF-8 becomes one half of a surrogate pair (U+DC80 to U+DCFF), which
/// no UTF-8 text holds: different names stay different.
/// </summary>
public static class PathText
{
    private const int StrayBase = 0xDC00;

    /// <summary>
    /// A name as one line of plain text: control characters, which could make a terminal do anything, and bytes that are
    /// no text as three octal digits behind a backslash, a backslash doubled.
    /// </summary>
    public static string Show(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var shown = new StringBuilder(text.Length);
        for (ReadOnlySpan<char> rest = text; !rest.IsEmpty;)
        {
            bool whole = Rune.DecodeFromUtf16(rest, out Rune rune, out int used) == OperationStatus.Done;
            if (!whole)
                AppendOctal(shown, (byte)rest[0]);
            else if (rune.Value == '\\')
                shown.Append(@"\\");
            else if (IsPlain(rune))
                shown.Append(rest[..used]);
            else
                AppendOctal(shown, rune);
            rest = rest[used..];
        }

        return shown.ToString();
    }

    /// <summary>Decodes a name.</summary>
    internal static string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        Span<char> pair = stackalloc char[2];
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out Rune rune, out int used) == OperationStatus.Done)
                text.Append(pair[..rune.EncodeToUtf16(pair)]);
            else
                foreach (byte stray in bytes[..used])
                    text.Append((char)(StrayBase + stray));
            bytes = bytes[used..];
        }

        return text.ToString();
    }

    /// <summary>The bytes that a name was decoded from.</summary>
    internal static byte[] Encode(string text)
    {
        byte[] bytes = new byte[ByteCount(text)];
        Span<byte> left = bytes;
        for (ReadOnlySpan<char> rest = text; !rest.IsEmpty;)
        {
            int length = 1;
            if (Rune.DecodeFromUtf16(rest, out Rune rune, out int used) == OperationStatus.Done)
                length = rune.EncodeToUtf8(left);
            else
                left[0] = (byte)rest[0];
            left = left[length..];
            rest = rest[used..];
        }

        return bytes;
    }

    /// <summary>True when the name was UTF-8, so that it can be made on disk as it is.</summary>
    internal static bool IsWellFormed(string text)
    {
        for (ReadOnlySpan<char> rest = text; !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out int used) != OperationStatus.Done)
                return false;
            rest = rest[used..];
        }

        return true;
    }

    /// <summary>How many bytes the name had.</summary>
    internal static int ByteCount(ReadOnlySpan<char> text)
    {
        int count = 0;
        while (!text.IsEmpty)
        {
            count += Rune.DecodeFromUtf16(text, out Rune rune, out int used) == OperationStatus.Done ? rune.Utf8SequenceLength : 1;
            text = text[used..];
        }

        return count;
    }

    private static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static void AppendOctal(StringBuilder shown, Rune rune)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (byte value in bytes[..rune.EncodeToUtf8(bytes)])
            AppendOctal(shown, value);
    }

    private static void AppendOctal(StringBuilder shown, byte value) =>
        shown.Append('\\').Append((char)('0' + (value >> 6))).Append((char)('0' + ((value >> 3) & 7))).Append((char)('0' + (value & 7)));
}
