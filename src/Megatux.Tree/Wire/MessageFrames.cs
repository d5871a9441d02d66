using System.Buffers;

namespace Megatux.Tree;

/// <summary>Messages in frames, one or several. The header's result says how many bytes of the message's payload follow the frame.</summary>
public static class MessageFrames
{
    /// <summary>The longest payload of a message in bytes.</summary>
    public const int LongestMessage = 16 << 20;

    /// <summary>Writes a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="codecs">One of them writes it.</param>
    /// <param name="send">Is given each frame, and says whether to go on.</param>
    /// <returns>False when it was not sent whole.</returns>
    public static bool Write(TreeMessage message, IReadOnlyList<IMessageCodec> codecs, FrameTaker send)
    {
        ArgumentNullException.ThrowIfNull(codecs);
        ArgumentNullException.ThrowIfNull(send);
        var payload = new ArrayBufferWriter<byte>(256);
        ushort? type = null;
        foreach (IMessageCodec codec in codecs)
            type ??= codec.Write(message, new PayloadWriter(payload));
        if (type is not { } number)
            throw new ArgumentException("not a message of these codecs", nameof(message));
        ReadOnlySpan<byte> rest = payload.WrittenSpan;
        byte[] frame = ArrayPool<byte>.Shared.Rent(FrameHeader.Length + Math.Min(rest.Length, FrameHeader.LongestPayload));
        try
        {
            do
            {
                ReadOnlySpan<byte> part = rest[..Math.Min(rest.Length, FrameHeader.LongestPayload)];
                rest = rest[part.Length..];
                var header = new FrameHeader { Type = (MessageType)number, FromType = RouteType.Node, ToType = RouteType.Node, Result = rest.Length };
                if (!send(frame.AsSpan(0, header.WriteFrame(frame, part))))
                    return false;
            }
            while (!rest.IsEmpty);
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(frame);
        }
    }

    /// <summary>Is given a frame.</summary>
    public delegate bool FrameTaker(ReadOnlySpan<byte> frame);

    /// <summary>Reads messages from frames.</summary>
    /// <param name="codecs">One of them reads each.</param>
    public sealed class Joiner(IReadOnlyList<IMessageCodec> codecs)
    {
        private ArrayBufferWriter<byte>? _parts;

        /// <summary>True once something came that is no message: close the link.</summary>
        public bool IsBroken { get; private set; }

        /// <summary>Takes a frame.</summary>
        /// <returns>The message that is whole with it; null if there is none.</returns>
        public TreeMessage? Add(in FrameHeader header, ReadOnlySpan<byte> frame)
        {
            ReadOnlySpan<byte> payload = frame[FrameHeader.Length..];
            IsBroken |= header.Result < 0 || header.Result > LongestMessage || (_parts?.WrittenCount ?? 0) + payload.Length > LongestMessage;
            if (IsBroken)
                return null;
            if (header.Result > 0 || _parts is not null)
            {
                (_parts ??= new ArrayBufferWriter<byte>()).Write(payload);
                if (header.Result > 0)
                    return null;
                payload = _parts.WrittenSpan;
                _parts = null;
            }

            foreach (IMessageCodec codec in codecs)
                if (codec.Read((ushort)header.Type, payload) is { } message)
                    return message;
            IsBroken = true;
            return null;
        }
    }
}
