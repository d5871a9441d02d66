namespace Megatux.Pushmon;

/// <summary>Reads the fields of an entry of pairs: <c>(user (NAME DATUM) ...)</c>.</summary>
internal static class NamedReader
{
    /// <summary>Reads the pairs, each of a name and a plain value.</summary>
    /// <returns>Where the entry ends; -1 for one that is written otherwise.</returns>
    internal static int Read(ReadOnlySpan<byte> data, int at, LayoutEntry entry, DirectValue[] fields)
    {
        foreach ((_, int slot) in entry.Named)
            fields[slot] = DirectValue.False;
        while ((uint)at < (uint)data.Length && data[at] == (byte)' ')
        {
            if (!data[at..].StartsWith(" ("u8))
                return -1;
            int length = data[(at + 2)..].IndexOfAny(AtomReader.EndOfText);
            if (length <= 0 || data[at + 2 + length] != (byte)' ')
                return -1;
            ReadOnlySpan<byte> name = data.Slice(at + 2, length);
            DirectValue value = DirectValue.False;
            at = AtomReader.Read(data, at + 3 + length, ref value);
            if ((uint)at >= (uint)data.Length || data[at] != (byte)')')
                return -1;
            at++;
            foreach ((byte[] wanted, int slot) in entry.Named)
            {
                if (!name.SequenceEqual(wanted))
                    continue;

                // Of two pairs with one name the first counts; it takes no speed to leave that to the machine.
                if (fields[slot].IsTrue)
                    return -1;
                fields[slot] = value;
            }
        }

        return at;
    }
}
