namespace Megatux.Tree;

/// <summary>Messages of the tree, or of a service over it, as bytes.</summary>
public interface IMessageCodec
{
    /// <summary>Writes a message's payload.</summary>
    /// <returns>The number of its type in frames; null if it is not one of this codec's.</returns>
    ushort? Write(TreeMessage message, PayloadWriter payload);

    /// <summary>Reads a message.</summary>
    /// <returns>The message; null if the type is not one of this codec's, or the payload is none of it.</returns>
    TreeMessage? Read(ushort type, ReadOnlySpan<byte> payload);
}
