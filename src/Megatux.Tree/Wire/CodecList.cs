namespace Megatux.Tree;

/// <summary>The messages of several codecs.</summary>
/// <param name="codecs">Codecs of which no two have the same messages.</param>
public sealed class CodecList(params IReadOnlyList<IMessageCodec> codecs) : IMessageCodec
{
    /// <inheritdoc/>
    public ushort? Write(TreeMessage message, PayloadWriter payload)
    {
        foreach (IMessageCodec codec in codecs)
            if (codec.Write(message, payload) is { } type)
                return type;
        return null;
    }

    /// <inheritdoc/>
    public TreeMessage? Read(ushort type, ReadOnlySpan<byte> payload)
    {
        foreach (IMessageCodec codec in codecs)
            if (codec.Read(type, payload) is { } message)
                return message;
        return null;
    }
}
