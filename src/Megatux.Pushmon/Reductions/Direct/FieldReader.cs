using System.Runtime.CompilerServices;
using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>
/// Reads fields from a sample as it is printed: entries in the order of the schema, single spaces. Of all else it only makes sure that it is
/// a list.
/// </summary>
internal sealed class FieldReader
{
    // Of what is longer, tokens could be longer than they may be.
    private static readonly int LongestSample = SexpLimits.Default.MaxTokenBytes;

    private static readonly SexpReaderState InList = StateBehind("("u8);

    private readonly MarkMap _marks = new();

    /// <summary>Reads the fields.</summary>
    /// <returns>False when the sample is written otherwise, or is none.</returns>
    internal bool TryRead(ReadOnlySpan<byte> data, SampleLayout layout, DirectValue[] fields)
    {
        if (data.IsEmpty || data[0] != (byte)'(' || data.Length > LongestSample)
            return false;
        _marks.Read(data);
        int at = 1;
        foreach (LayoutEntry entry in layout.Entries)
        {
            // Entries begin before the last byte, or else they are none: what is looked up in the map is in it.
            if (!entry.IsAt(data, at))
                return false;
            int end = entry.IsNamed ? NamedReader.Read(data, at + entry.Length, entry, fields) : _marks.Next(at + 1);
            if (!IsAt(data, end, (byte)')') || (!entry.IsNamed && !TryReadValues(data, at + entry.Length, end, entry.Slots, fields)))
                return false;
            at = Behind(data, end);
        }

        return EndsWell(data, at);
    }

    /// <summary>Reads values of an entry that is flat: there is nothing but atoms and spaces up to its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadValues(ReadOnlySpan<byte> data, int at, int end, int[] slots, DirectValue[] fields)
    {
        // The name may be the beginning of another one.
        if (data[at] > (byte)')')
            return false;
        foreach (int slot in slots)
        {
            if (at == end)
            {
                // The entry is shorter than its schema.
                if (slot >= 0)
                    fields[slot] = DirectValue.False;
                continue;
            }

            at = slot < 0 ? AtomReader.Skip(data, at + 1) : AtomReader.Read(data, at + 1, ref fields[slot]);
            if (at < 0)
                return false;
        }

        return true;
    }

    /// <summary>Whether nothing is wrong with what stands behind the fields.</summary>
    private bool EndsWell(ReadOnlySpan<byte> data, int at)
    {
        while (IsAt(data, at, (byte)'('))
        {
            int end = _marks.Next(at + 1);
            if (!IsAt(data, end, (byte)')'))
                break;
            at = Behind(data, end);
        }

        return (at == data.Length - 1 && data[at] == (byte)')') || IsRestOfList(data, at);
    }

    private static bool IsRestOfList(ReadOnlySpan<byte> data, int at)
    {
        if (at >= data.Length)
            return false;
        try
        {
            var reader = new SexpReader(data[at..], state: InList);
            bool hasEnded = false;
            for (; reader.Read(); hasEnded = reader.IsAtEndOfDatum)
                if (hasEnded)
                    return false;
            return hasEnded;
        }
        catch (SexpException)
        {
            return false;
        }
    }

    private static SexpReaderState StateBehind(ReadOnlySpan<byte> text)
    {
        var reader = new SexpReader(text, isLast: false);
        reader.Read();
        return reader.State;
    }

    private static int Behind(ReadOnlySpan<byte> data, int end) => IsAt(data, end + 1, (byte)' ') ? end + 2 : end + 1;

    private static bool IsAt(ReadOnlySpan<byte> data, int at, byte value) => (uint)at < (uint)data.Length && data[at] == value;
}
