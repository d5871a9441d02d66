using System.Buffers;
using System.Buffers.Binary;

namespace Megatux.Tree;

/// <summary>
/// Messages on a pipe whose own messages are short: a byte that says whether more follows, and a part. Together the parts
/// are the number of the message's type and its payload.
/// </summary>
public static class MessageParts
{
    private const byte Last = 0, More = 1;

    /// <summary>Cuts a message into parts.</summary>
    /// <param name="message">The message.</param>
    /// <param name="codec">Writes it.</param>
    /// <param name="longest">The longest part in bytes.</param>
    /// <param name="send">Is given each of them.</param>
    public static void Cut(TreeMessage message, IMessageCodec codec, int longest, PartTaker send)
    {
        ArgumentNullException.ThrowIfNull(codec);
        ArgumentNullException.ThrowIfNull(send);
        var bytes = new ArrayBufferWriter<byte>(256);
        bytes.GetSpan(sizeof(ushort));
        bytes.Advance(sizeof(ushort));
        ushort type = codec.Write(message, new PayloadWriter(bytes)) ?? throw new ArgumentException("not a message of this codec", nameof(message));
        byte[] part = new byte[Math.Min(longest, bytes.WrittenCount + 1)];
        for (int at = 0; at < bytes.WrittenCount;)
        {
            int length = Math.Min(part.Length - 1, bytes.WrittenCount - at);
            bytes.WrittenSpan.Slice(at, length).CopyTo(part.AsSpan(1));
            if (at == 0)
                BinaryPrimitives.WriteUInt16LittleEndian(part.AsSpan(1), type);
            at += length;
            part[0] = at < bytes.WrittenCount ? More : Last;
            send(part.AsSpan(0, length + 1));
        }
    }

    /// <summary>Whether a message ends with a part.</summary>
    public static bool IsLast(ReadOnlySpan<byte> part) => part is [Last, ..];

    /// <summary>The number of a message's type, as its first part says it; null when that part is too short for any.</summary>
    public static ushort? TypeOf(ReadOnlySpan<byte> first) =>
        first.Length > sizeof(ushort) ? BinaryPrimitives.ReadUInt16LittleEndian(first[1..]) : null;

    /// <summary>Is given a part of a message.</summary>
    public delegate void PartTaker(ReadOnlySpan<byte> part);

    /// <summary>Puts messages together again.</summary>
    /// <param name="codec">Reads them.</param>
    /// <param name="longest">The longest message in bytes: what is longer is dropped, with whatever the sender meant by it.</param>
    public sealed class Joiner(IMessageCodec codec, int longest)
    {
        private ArrayBufferWriter<byte>? _parts;
        private bool _isTooLong;

        /// <summary>Takes a part.</summary>
        /// <returns>The message that is whole with it; null if there is none, or none that can be read.</returns>
        public TreeMessage? Add(ReadOnlySpan<byte> part)
        {
            if (part.IsEmpty)
                return null;
            bool isLast = part[0] == Last;
            if (isLast && _parts is null && !_isTooLong)
                return Read(part[1..]);
            if ((_parts?.WrittenCount ?? 0) + part.Length > longest)
                (_isTooLong, _parts) = (true, null);
            if (!_isTooLong)
                (_parts ??= new ArrayBufferWriter<byte>()).Write(part[1..]);
            if (!isLast)
                return null;
            TreeMessage? message = _parts is null ? null : Read(_parts.WrittenSpan);
            (_isTooLong, _parts) = (false, null);
            return message;
        }

        private TreeMessage? Read(ReadOnlySpan<byte> bytes) =>
            bytes.Length < sizeof(ushort) ? null : codec.Read(BinaryPrimitives.ReadUInt16LittleEndian(bytes), bytes[sizeof(ushort)..]);
    }
}
