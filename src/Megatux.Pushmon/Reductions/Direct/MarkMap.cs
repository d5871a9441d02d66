using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Megatux.Pushmon;

/// <summary>
/// Where in a sample parentheses, quotes and comments stand, a bit for each byte: made 64 bytes at a time, so that finding the end of an
/// entry takes no look at what is in it.
/// </summary>
internal sealed class MarkMap
{
    private const int Block = 64, BlockShift = 6;

    private readonly byte[] _short = new byte[Block];
    private ulong[] _words = new ulong[8];

    /// <summary>Makes the map of a sample.</summary>
    internal void Read(ReadOnlySpan<byte> data)
    {
        // Behind the sample everything is marked, so that a search ends there.
        int whole = data.Length >>> BlockShift, left = data.Length & (Block - 1);
        if (whole + 1 >= _words.Length)
            _words = new ulong[BitOperations.RoundUpToPowerOf2((uint)whole + 2)];
        ulong[] words = _words;
        for (int i = 0; i < whole; i++)
            words[i] = Marks(data[(i << BlockShift)..]);
        words[whole] = ulong.MaxValue << left;
        words[whole + 1] = ulong.MaxValue;
        if (left == 0)
            return;
        if (whole > 0)
        {
            // The last 64 bytes, without those that were looked at already.
            words[whole] |= Marks(data[^Block..]) >> (Block - left);
            return;
        }

        data.CopyTo(_short);
        words[0] |= Marks(_short);
    }

    /// <summary>The first mark from a place on that is in the sample, or just behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Next(int at)
    {
        ulong[] words = _words;
        int index = at >>> BlockShift;
        ulong word = words[index] & (ulong.MaxValue << at);
        while (word == 0)
            word = words[++index];
        return (index << BlockShift) + BitOperations.TrailingZeroCount(word);
    }

    /// <summary>Marks of 64 bytes: all up to the closing parenthesis but spaces, semicolons, and what is no letter at all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Marks(ReadOnlySpan<byte> data)
    {
        const byte Delete = 0x7F;
        var bytes = Vector512.Create(data);
        Vector512<byte> marks = Vector512.AndNot(Vector512.LessThanOrEqual(bytes, Vector512.Create((byte)')')), Vector512.Equals(bytes, Vector512.Create((byte)' ')))
            | Vector512.Equals(bytes, Vector512.Create((byte)';')) | Vector512.Equals(bytes, Vector512.Create(Delete));
        return marks.ExtractMostSignificantBits();
    }
}
