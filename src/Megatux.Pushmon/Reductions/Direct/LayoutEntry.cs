using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Megatux.Pushmon;

/// <summary>An entry of a sample.</summary>
internal sealed class LayoutEntry
{
    private const int Word = sizeof(ulong);

    private readonly byte[] _rest;
    private readonly ulong _word, _mask;

    /// <param name="start">The parenthesis and its name.</param>
    /// <param name="slots">As <see cref="Slots"/>.</param>
    /// <param name="named">As <see cref="Named"/>.</param>
    internal LayoutEntry(byte[] start, int[] slots, (byte[] Name, int Slot)[] named)
    {
        (Length, Slots, Named, IsNamed) = (start.Length, slots, named, named.Length > 0);
        Span<byte> word = stackalloc byte[Word], mask = stackalloc byte[Word];
        word.Clear();
        mask.Clear();
        int length = Math.Min(start.Length, Word);
        start.AsSpan(0, length).CopyTo(word);
        mask[..length].Fill(0xFF);
        _rest = start[length..];
        (_word, _mask) = (BinaryPrimitives.ReadUInt64LittleEndian(word), BinaryPrimitives.ReadUInt64LittleEndian(mask));
    }

    /// <summary>Bytes of the parenthesis and the name.</summary>
    internal int Length { get; }

    /// <summary>For each value up to the last that is needed, which field it is; -1 for one that is skipped.</summary>
    internal int[] Slots { get; }

    /// <summary>Of an entry of pairs, <c>(user (NAME DATUM) ...)</c>: which name is which field; nothing for any other.</summary>
    internal (byte[] Name, int Slot)[] Named { get; }

    /// <summary>Whether it is one of pairs.</summary>
    internal bool IsNamed { get; }

    /// <summary>Whether it begins at a place, with more behind it. Names are short: mostly one comparison of a word tells.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsAt(ReadOnlySpan<byte> data, int at)
    {
        ReadOnlySpan<byte> rest = (uint)at < (uint)data.Length ? data[at..] : default;
        return rest.Length > Word && (BinaryPrimitives.ReadUInt64LittleEndian(rest) & _mask) == _word && (_rest.Length == 0 || IsRestAt(rest));
    }

    private bool IsRestAt(ReadOnlySpan<byte> data) => data.Length > Length && data[Word..].StartsWith(_rest);
}
