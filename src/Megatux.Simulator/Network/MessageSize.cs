using System.Buffers;
using Megatux.Pushmon;
using Megatux.Tree;
using Megatux.Xproc;

namespace Megatux.Simulator;

/// <summary>How many bytes messages are on a link: as many as the codecs write.</summary>
internal sealed class MessageSize
{
    /// <summary>BProc's header is before each message.</summary>
    private const int Header = 32;

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly IMessageCodec[] _codecs = [new TreeCodec(), new XprocCodec(), PushCodec.Instance];

    internal int Of(TreeMessage message)
    {
        if (message is BeatMessage)
            return Header;
        _buffer.ResetWrittenCount();
        foreach (IMessageCodec codec in _codecs)
            if (codec.Write(message, new PayloadWriter(_buffer)) is not null)
                return Header + _buffer.WrittenCount;
        throw new InvalidOperationException($"No codec writes {message.GetType().Name}.");
    }
}
