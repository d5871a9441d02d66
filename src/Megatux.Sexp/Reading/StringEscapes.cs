namespace Megatux.Sexp;

/// <summary>Escapes in strings: <c>\" \\ \' \( \)</c>; any other backslash stands for itself.</summary>
internal static class StringEscapes
{
    internal const byte Backslash = (byte)'\\', DoubleQuote = (byte)'"';

    /// <summary>The value of what stands between the quotes.</summary>
    internal static byte[] Unescape(ReadOnlySpan<byte> lexeme)
    {
        byte[] value = new byte[lexeme.Length];
        return value[..Unescape(lexeme, value)];
    }

    /// <summary>Writes the value of what stands between the quotes; it is never longer.</summary>
    /// <returns>Its length.</returns>
    internal static int Unescape(ReadOnlySpan<byte> lexeme, Span<byte> value)
    {
        int length = 0;
        for (int i = 0; i < lexeme.Length; i++)
        {
            if (lexeme[i] == Backslash && i + 1 < lexeme.Length && IsEscapable(lexeme[i + 1]))
                i++;
            value[length++] = lexeme[i];
        }

        return length;
    }

    private static bool IsEscapable(byte value) => value is DoubleQuote or Backslash or (byte)'\'' or (byte)'(' or (byte)')';
}
