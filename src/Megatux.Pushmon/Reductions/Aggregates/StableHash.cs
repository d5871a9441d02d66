namespace Megatux.Pushmon;

/// <summary>A hash of 64 bits that is the same on every machine and in every version: nodes merge what others hashed.</summary>
internal static class StableHash
{
    /// <summary>FNV-1a, and the final mix of MurmurHash3 behind it, for HyperLogLog takes the upper bits.</summary>
    internal static ulong Of(ReadOnlySpan<byte> value)
    {
        const ulong Basis = 0xcbf29ce484222325, Prime = 0x100000001b3, FirstMix = 0xff51afd7ed558ccd, SecondMix = 0xc4ceb9fe1a85ec53;
        ulong hash = Basis;
        foreach (byte letter in value)
            hash = (hash ^ letter) * Prime;
        hash = (hash ^ (hash >> 33)) * FirstMix;
        hash = (hash ^ (hash >> 33)) * SecondMix;
        return hash ^ (hash >> 33);
    }
}
