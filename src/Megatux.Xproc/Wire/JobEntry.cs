using System.Buffers;
using System.Buffers.Binary;
using Megatux.Tree;

namespace Megatux.Xproc;

/// <summary>
/// A record as it is kept and shown to clients: its length in 4 bytes, little-endian, then in <see cref="XprocCodec"/>'s form
/// the record, and how many bytes of it were left out.
/// </summary>
/// <param name="Record">The record; without its bytes when they were left out.</param>
/// <param name="Dropped">How many bytes were left out.</param>
internal readonly record struct JobEntry(JobRecord Record, uint Dropped)
{
    /// <summary>The longest entry, with its length.</summary>
    internal const int Longest = ClientFrame.Longest - 64;

    private const int LengthOfLength = sizeof(uint);

    /// <summary>Writes an entry.</summary>
    /// <returns>How many bytes it takes.</returns>
    internal int Write(ArrayBufferWriter<byte> output)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        var payload = new PayloadWriter(bytes);
        XprocCodec.Write(Record, payload);
        payload.Small(Dropped);
        new PayloadWriter(output).Bytes(bytes.WrittenSpan);
        return LengthOfLength + bytes.WrittenCount;
    }

    /// <summary>How many of the bytes are whole entries.</summary>
    /// <param name="bytes">Entries, the last of them cut anywhere.</param>
    /// <param name="next">How many bytes the entry after those has; 0 if that is not known.</param>
    internal static int Whole(ReadOnlySpan<byte> bytes, out long next)
    {
        int whole = 0;
        next = 0;
        while (bytes.Length - whole >= LengthOfLength)
        {
            next = LengthOfLength + (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes[whole..]);
            if (next > bytes.Length - whole)
                return whole;
            whole += (int)next;
            next = 0;
        }

        return whole;
    }

    /// <summary>Reads the first of some whole entries.</summary>
    /// <returns>How many bytes it takes; 0 if they are no entry.</returns>
    internal static int Read(ReadOnlySpan<byte> bytes, out JobEntry entry)
    {
        entry = default;
        if (bytes.Length < LengthOfLength || BinaryPrimitives.ReadUInt32LittleEndian(bytes) is var length && length > bytes.Length - LengthOfLength)
            return 0;
        var reader = new PayloadReader(bytes.Slice(LengthOfLength, (int)length));
        entry = new JobEntry(XprocCodec.ReadRecord(ref reader), reader.Small());
        return reader.IsGood ? LengthOfLength + (int)length : 0;
    }
}
