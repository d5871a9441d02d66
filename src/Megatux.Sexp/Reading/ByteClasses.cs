namespace Megatux.Sexp;

/// <summary>What each byte means where a token may start, and whether an atom goes on with it.</summary>
internal static class ByteClasses
{
    internal const byte Bad = 0, Space = 1, LineFeed = 2, Open = 3, Close = 4, Quote = 5, DoubleQuote = 6, Semicolon = 7, Atom = 8;

    /// <summary>Set for the bytes of atoms. A semicolon is one of them, but no atom begins with it.</summary>
    internal const byte InAtom = 0x80;

    private const byte Kind = 0x7F;

    /// <summary>The kind of a byte where a token may start.</summary>
    internal static byte KindOf(byte value) => (byte)(Table[value] & Kind);

    /// <summary>Whether an atom goes on with a byte.</summary>
    internal static bool IsInAtom(byte value) => Table[value] >= InAtom;

    /// <summary>Whether bytes are an atom: at least one, none that ends it, and no comment.</summary>
    internal static bool AreAtom(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] == (byte)';')
            return false;
        foreach (byte value in text)
            if (!IsInAtom(value))
                return false;
        return true;
    }

    // atom = 1*( "!" | %x23-26 | %x2A-7E | %x80-FF ), whitespace as in RFC 9804: space, tab, LF, VT, FF, CR.
    // Of constants, so that the compiler lays it down as data and a byte needs no check of bounds.
    private static ReadOnlySpan<byte> Table =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        1, 136, 6, 136, 136, 136, 136, 5, 3, 4, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 135, 136, 136, 136, 136,
        136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136,
        136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 0,
        136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136,
        136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136,
        136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136,
        136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136, 136,
    ];
}
