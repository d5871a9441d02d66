using System.Buffers;

namespace Megatux.Pushmon;

/// <summary>
/// Reads fields from a sample as it is printed: entries in the order of the schema, single spaces. It looks at what it needs and at nothing
/// behind it.
/// </summary>
internal static class FieldReader
{
    // More digits may not fit into 64 bits.
    private const int MostDigits = 18;

    private static readonly SearchValues<byte> Structure = SearchValues.Create("()\"';"u8);
    private static readonly SearchValues<byte> EndOfText = SearchValues.Create("()\"'; \t\n\v\f\r"u8);

    /// <summary>Reads the fields.</summary>
    /// <returns>False when the sample is written otherwise, or is none.</returns>
    internal static bool TryRead(ReadOnlySpan<byte> data, SampleLayout layout, DirectValue[] fields)
    {
        if (data.IsEmpty || data[0] != (byte)'(')
            return false;
        int at = 1;
        foreach (LayoutEntry entry in layout.Entries)
        {
            if ((uint)at < (uint)data.Length && data[at] == (byte)' ' && at > 1)
                at++;
            if (!entry.IsAt(data, at))
                return false;
            at += entry.Length;
            foreach (int slot in entry.Slots)
            {
                if ((uint)at >= (uint)data.Length)
                    return false;
                if (data[at] == (byte)')')
                {
                    // The entry is shorter than its schema.
                    if (slot >= 0)
                        fields[slot] = default;
                    continue;
                }

                if (data[at] != (byte)' ')
                    return false;
                at = slot < 0 ? Skip(data, at + 1) : Read(data, at + 1, ref fields[slot]);
                if (at < 0)
                    return false;
            }

            if (entry.Named.Length > 0 && (at = ReadNamed(data, at, entry, fields)) < 0)
                return false;
            if ((uint)at < (uint)data.Length && data[at] == (byte)')')
            {
                at++;
                continue;
            }

            // What stands behind in the entry is skipped as long as it is flat.
            int end = (uint)at < (uint)data.Length ? data[at..].IndexOfAny(Structure) : -1;
            if (end < 0 || data[at + end] != (byte)')' || data[at] != (byte)' ')
                return false;
            at += end + 1;
        }

        return true;
    }

    /// <summary>Reads the pairs of an entry, each of a name and a plain value.</summary>
    /// <returns>Where the entry ends; -1 for one that is written otherwise.</returns>
    private static int ReadNamed(ReadOnlySpan<byte> data, int at, LayoutEntry entry, DirectValue[] fields)
    {
        foreach ((_, int slot) in entry.Named)
            fields[slot] = default;
        while ((uint)at < (uint)data.Length && data[at] == (byte)' ')
        {
            if (!data[at..].StartsWith(" ("u8))
                return -1;
            int length = data[(at + 2)..].IndexOfAny(EndOfText);
            if (length <= 0 || data[at + 2 + length] != (byte)' ')
                return -1;
            ReadOnlySpan<byte> name = data.Slice(at + 2, length);
            DirectValue value = default;
            at = Read(data, at + 3 + length, ref value);
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

    /// <summary>Reads a value.</summary>
    /// <returns>Where it ends; -1 for one that is not plain.</returns>
    private static int Read(ReadOnlySpan<byte> data, int at, ref DirectValue value)
    {
        int start = at;
        bool isNegative = (uint)at < (uint)data.Length && data[at] == (byte)'-';
        if (isNegative)
            at++;
        int first = at, scale = 0;
        long mantissa = 0;
        at = ReadDigits(data, at, ref mantissa);
        if (at == first)
            return isNegative ? -1 : ReadText(data, start, ref value);
        int digits = at - first;
        if ((uint)at < (uint)data.Length && data[at] == (byte)'.')
        {
            int point = at + 1;
            at = ReadDigits(data, point, ref mantissa);
            scale = at - point;
            digits += scale;
            if (scale == 0)
                return -1;
        }

        if (digits > MostDigits || (uint)at >= (uint)data.Length || data[at] is not ((byte)' ' or (byte)')'))
            return -1;
        value = new DirectValue(isNegative ? -mantissa : mantissa, scale, DirectKind.Number);
        return at;
    }

    private static int ReadDigits(ReadOnlySpan<byte> data, int at, ref long number)
    {
        long read = number;
        for (uint digit; (uint)at < (uint)data.Length && (digit = (uint)(data[at] - '0')) <= 9; at++)
            read = read * 10 + digit;
        number = read;
        return at;
    }

    /// <summary>Reads a symbol that begins with a letter, or a string without escapes.</summary>
    private static int ReadText(ReadOnlySpan<byte> data, int start, ref DirectValue value)
    {
        if ((uint)start >= (uint)data.Length)
            return -1;
        int end;
        if (data[start] == (byte)'"')
        {
            int length = data[(start + 1)..].IndexOfAny((byte)'"', (byte)'\\');
            end = start + length + 2;
            if (length < 0 || data[end - 1] != (byte)'"')
                return -1;
        }
        else
        {
            int length = char.IsAsciiLetter((char)data[start]) ? data[start..].IndexOfAny(EndOfText) : -1;
            end = start + length;
            if (length < 0)
                return -1;
        }

        if ((uint)end >= (uint)data.Length || data[end] is not ((byte)' ' or (byte)')'))
            return -1;
        value = new DirectValue(start, end - start, DirectKind.Text);
        return end;
    }

    /// <summary>Goes on to the end of a value that is an atom.</summary>
    private static int Skip(ReadOnlySpan<byte> data, int at)
    {
        if ((uint)at < (uint)data.Length && data[at] == (byte)';')
            return -1;
        while ((uint)at < (uint)data.Length && data[at] is > (byte)')')
            at++;
        return (uint)at < (uint)data.Length && data[at] is (byte)' ' or (byte)')' ? at : -1;
    }
}
