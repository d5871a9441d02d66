namespace Megatux.Imaging;

/// <summary>A member with one file of root's in a folder that the image below it has, for what is no part of an image.</summary>
public static class FileMember
{
    /// <summary>The archive, uncompressed.</summary>
    /// <param name="path">The file's path in the image, without a leading slash.</param>
    /// <param name="mode">Its permission bits.</param>
    /// <param name="bytes">Its contents.</param>
    public static byte[] Of(string path, UnixFileMode mode, ReadOnlyMemory<byte> bytes)
    {
        using var output = new MemoryStream();
        MemberWriter.Write(output, [new ImageEntry { Path = path, Kind = EntryKind.File, Mode = (int)mode, Content = new BytesContent(bytes), Origin = path }],
            Compression.None, modifiedAt: 0, CancellationToken.None);
        return output.ToArray();
    }
}
