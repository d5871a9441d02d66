using System.Numerics;
using System.Runtime.InteropServices;

namespace Megatux.Imaging;

/// <summary>A block of bits, the lowest of the first byte first: 1 is taken, 0 is free.</summary>
internal static class Bits
{
    /// <summary>Sets the bits from one (inclusive) to another (exclusive); none if they are not in this order.</summary>
    internal static void Set(Span<byte> bits, long from, long to)
    {
        for (; from < to && (from & 7) != 0; from++)
            bits[(int)(from >> 3)] |= (byte)(1 << (int)(from & 7));
        if (from >= to)
            return;
        bits[(int)(from >> 3)..(int)(to >> 3)].Fill(byte.MaxValue);
        if ((to & 7) != 0)
            bits[(int)(to >> 3)] |= (byte)((1 << (int)(to & 7)) - 1);
    }

    /// <summary>Clears the bits from one (inclusive) to another (exclusive).</summary>
    internal static void Clear(Span<byte> bits, long from, long to)
    {
        for (; from < to; from++)
            bits[(int)(from >> 3)] &= (byte)~(1 << (int)(from & 7));
    }

    /// <summary>How many bits of a whole block are 0.</summary>
    internal static int CountFree(ReadOnlySpan<byte> bits)
    {
        int free = 0;
        foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(bits))
            free += BitOperations.PopCount(~word);
        return free;
    }
}
