using System.Buffers.Binary;

namespace Megatux.Xproc;

/// <summary>
/// A program that travels, with its libraries and whatever else it takes: archives (cpio), one over the other, of which a file
/// that is large has one of its own. So one that changes is sent alone.
/// </summary>
/// <param name="Parts">The archives in order, each with its length in bytes.</param>
internal sealed record Bundle(IReadOnlyList<(BlobId Id, long Length)> Parts)
{
    /// <summary>The folder that a program which has travelled finds itself in.</summary>
    internal const string Folder = "/xproc";

    /// <summary>The most bytes of a list: some hundred thousand files.</summary>
    internal const long LongestList = 4 << 20;

    private const int EntryLength = BlobId.Length + sizeof(long);

    /// <summary>The list as bytes, whose digest names the bundle: of each part its digest, and its length (8 bytes, little-endian).</summary>
    internal byte[] ToBytes()
    {
        byte[] bytes = new byte[Parts.Count * EntryLength];
        for (int part = 0; part < Parts.Count; part++)
        {
            Span<byte> entry = bytes.AsSpan(part * EntryLength, EntryLength);
            Parts[part].Id.ToBytes().CopyTo(entry);
            BinaryPrimitives.WriteInt64LittleEndian(entry[BlobId.Length..], Parts[part].Length);
        }

        return bytes;
    }

    /// <summary>Reads a list.</summary>
    /// <returns>The bundle; null if the bytes are no list.</returns>
    internal static Bundle? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || bytes.Length % EntryLength != 0)
            return null;
        var parts = new List<(BlobId, long)>(bytes.Length / EntryLength);
        for (; !bytes.IsEmpty; bytes = bytes[EntryLength..])
        {
            long length = BinaryPrimitives.ReadInt64LittleEndian(bytes[BlobId.Length..]);
            if (length < 0)
                return null;
            parts.Add((BlobId.Of(bytes[..BlobId.Length]), length));
        }

        return new Bundle(parts);
    }
}
