namespace Megatux.Imaging;

/// <summary>A member of an image as it was found there: an archive up to its trailer, however many streams it is cut into.</summary>
public sealed class ImageMember
{
    internal ImageMember(int number, string compression, long offset) => (Number, Compression, Offset) = (number, compression, offset);

    /// <summary>Number, counted from 1.</summary>
    public int Number { get; }

    /// <summary>How it is compressed: "gzip", "zstd" or "none".</summary>
    public string Compression { get; }

    /// <summary>Where its first byte lies in the image.</summary>
    public long Offset { get; }

    /// <summary>Bytes in the image; 0 for an archive that begins in the middle of a compressed stream, which counts for the one before.</summary>
    public long Length { get; private set; }

    /// <summary>Into how many compressed streams it is cut; 1 when it is not compressed.</summary>
    public int Streams { get; private set; }

    /// <summary>Bytes of the archive once it is decompressed, its trailer included.</summary>
    public long ArchiveLength { get; private set; }

    /// <summary>Bytes of the files and link targets in it.</summary>
    public long ContentLength { get; private set; }

    /// <summary>How many names it holds, the trailer not counted.</summary>
    public int Entries { get; private set; }

    /// <summary>True once its trailer was read: the kernel forgets there which names are hard links of each other.</summary>
    public bool HasTrailer { get; private set; }

    internal void AddStream(long length)
    {
        Length += length;
        Streams++;
    }

    internal void AddRecord(long recordLength, long contentLength)
    {
        ArchiveLength += recordLength;
        ContentLength += contentLength;
        Entries++;
    }

    internal void EndWithTrailer()
    {
        Entries--;
        HasTrailer = true;
    }
}
