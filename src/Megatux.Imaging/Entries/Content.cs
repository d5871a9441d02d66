namespace Megatux.Imaging;

/// <summary>A file's contents, wherever they lie.</summary>
public abstract class Content
{
    /// <summary>Length in bytes, 0 to 2^32-1 (an initramfs record holds no more).</summary>
    public abstract long Length { get; }

    /// <summary>Opens the contents for reading from their first byte. The caller disposes of the stream.</summary>
    public abstract Stream Open();
}

/// <summary>The contents of a file on disk.</summary>
public sealed class FileContent(string path, long length) : Content
{
    /// <summary>Path of the file.</summary>
    public string Path { get; } = path;

    /// <inheritdoc/>
    public override long Length { get; } = length;

    /// <inheritdoc/>
    public override Stream Open() =>
        new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
}

/// <summary>Contents held in memory: rendered templates, generated files.</summary>
public sealed class BytesContent(ReadOnlyMemory<byte> bytes) : Content
{
    /// <summary>The contents.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    /// <inheritdoc/>
    public override long Length => Bytes.Length;

    /// <inheritdoc/>
    public override Stream Open() => new MemoryStream(Bytes.ToArray(), writable: false);
}
