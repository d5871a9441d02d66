using System.Buffers.Binary;

namespace Megatux.HostAgent;

/// <summary>What the launcher of nodes tells the tree's daemon of one.</summary>
/// <param name="State">How it is.</param>
/// <param name="Version">How often that has changed: one that has come up again is another.</param>
/// <param name="Since">For how long it has been so.</param>
internal readonly record struct LeafReport(NodeState State, uint Version, TimeSpan Since)
{
    private const int VersionAt = 1, SinceAt = 5, Length = 13;

    internal byte[] ToBytes()
    {
        byte[] bytes = new byte[Length];
        bytes[0] = (byte)State;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(VersionAt), Version);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(SinceAt), Since.Ticks);
        return bytes;
    }

    internal static LeafReport? Read(ReadOnlySpan<byte> bytes) => bytes.Length != Length ? null
        : new LeafReport((NodeState)bytes[0], BinaryPrimitives.ReadUInt32LittleEndian(bytes[VersionAt..]), TimeSpan.FromTicks(BinaryPrimitives.ReadInt64LittleEndian(bytes[SinceAt..])));
}
