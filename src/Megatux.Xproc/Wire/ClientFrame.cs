using System.Buffers;
using System.Buffers.Binary;
using Megatux.Tree;

namespace Megatux.Xproc;

/// <summary>A message between a client and the root: its length in 4 bytes, little-endian, its kind in one, its payload.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Payload">What it says.</param>
internal sealed record ClientFrame(ClientFrameKind Kind, byte[] Payload)
{
    /// <summary>The longest payload: a set of nodes may fall into a million ranges.</summary>
    internal const int Longest = 64 << 20;

    private const int HeaderLength = 5, FirstRoom = 64 << 10;

    /// <summary>Makes a frame.</summary>
    internal static ClientFrame Of(ClientFrameKind kind, Action<PayloadWriter> write)
    {
        var payload = new ArrayBufferWriter<byte>();
        write(new PayloadWriter(payload));
        return new ClientFrame(kind, payload.WrittenSpan.ToArray());
    }

    /// <summary>Writes the frame.</summary>
    internal async Task WriteAsync(Stream stream, CancellationToken cancellation)
    {
        byte[] bytes = new byte[HeaderLength + Payload.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Payload.Length);
        bytes[HeaderLength - 1] = (byte)Kind;
        Payload.CopyTo(bytes, HeaderLength);
        await stream.WriteAsync(bytes, cancellation).ConfigureAwait(false);
    }

    /// <summary>Reads the next frame.</summary>
    /// <returns>The frame; null at the end of the stream.</returns>
    /// <exception cref="IOException">The stream ends within a frame, or what comes is none.</exception>
    internal static async Task<ClientFrame?> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        byte[] header = new byte[HeaderLength];
        int read = await stream.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        if (read == 0)
            return null;
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(header);
        if (read < HeaderLength || length > Longest)
            throw new InvalidDataException($"a message of {length} bytes, where the longest has {Longest}");

        // Room grows as bytes come: a length that is a lie costs nothing.
        byte[] payload = new byte[Math.Min((int)length, FirstRoom)];
        for (int there = 0; there < length;)
        {
            if (there == payload.Length)
                Array.Resize(ref payload, (int)Math.Min(length, payload.Length * 2L));
            await stream.ReadExactlyAsync(payload.AsMemory(there), cancellation).ConfigureAwait(false);
            there = payload.Length;
        }

        return new ClientFrame((ClientFrameKind)header[HeaderLength - 1], payload);
    }
}
