using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>
/// Reads an image as the kernel does: all of its members, not only the first (GNU cpio stops at the first trailer), each
/// compressed in its own way. Damaged images give an error that says where; nothing is trusted.
/// </summary>
public sealed partial class ImageReader : IDisposable
{
    private readonly string _name;
    private readonly Stream _file;
    private readonly InputWindow _input;
    private readonly List<ImageMember> _members = [];
    private readonly byte[] _discard = new byte[1 << 16];
    private long _contentLeft;
    private int _padding;
    private uint? _checksumLeft;

    private ImageReader(Stream file, string name)
    {
        _file = file;
        _name = name;
        _input = new InputWindow(file);
    }

    /// <summary>Opens an image.</summary>
    /// <exception cref="MegatuxException">It cannot be read.</exception>
    public static ImageReader Open(string path)
    {
        try
        {
            return new ImageReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan), path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MegatuxException(ErrorCodes.InputUnreadable, $"{path} cannot be read: {failure.Message}", inner: failure);
        }
    }

    /// <summary>Reads an image from any stream, which is closed with the reader.</summary>
    /// <param name="image">The image's bytes.</param>
    /// <param name="name">What to call it in messages.</param>
    public static ImageReader Open(Stream image, string name) => new(image, name);

    /// <summary>The members that were begun so far; the last one's numbers still grow until <see cref="Next"/> leaves it.</summary>
    public IReadOnlyList<ImageMember> Members => _members;

    /// <summary>The next record, trailers passed over; null at the end of the image. What is left of the last one's contents is skipped.</summary>
    /// <exception cref="MegatuxException">The image is damaged, or compressed in a way that cannot be read here.</exception>
    public ImageRecord? Next() => Guard(() =>
    {
        FinishRecord();
        while (true)
        {
            if (_piece is null && !OpenPiece())
                return null;
            if (ReadHeader() is not { } header)
                ClosePiece();
            else if (ReadRecord(header) is { } record)
                return record;
        }
    });

    /// <summary>Reads some of the contents of the file that <see cref="Next"/> returned last; 0 at their end.</summary>
    /// <exception cref="MegatuxException">The image is damaged.</exception>
    public int ReadContent(Span<byte> target)
    {
        if (_contentLeft == 0)
            return 0;
        try
        {
            int read = ReadSome(target[..(int)Math.Min(target.Length, _contentLeft)]);
            if (read == 0 && !target.IsEmpty)
                throw new InvalidDataException("the contents of a file are cut off");
            _contentLeft -= read;
            if (_checksumLeft is { } left)
                Sum(target[..read], left);
            return read;
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException)
        {
            throw Explain(failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _piece?.Dispose();
        _file.Dispose();
    }

    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException)
        {
            throw Explain(failure);
        }
    }

    private void FinishRecord()
    {
        while (ReadContent(_discard) > 0)
        {
        }

        Skip(_padding);
        _padding = 0;
    }

    /// <summary>Takes bytes off the sum that the record's header promised (magic 070702).</summary>
    private void Sum(ReadOnlySpan<byte> bytes, uint left)
    {
        foreach (byte value in bytes)
            left -= value;
        _checksumLeft = left;
        if (_contentLeft > 0)
            return;
        _checksumLeft = null;
        if (left != 0)
            throw new InvalidDataException("the checksum of a file's contents is wrong");
    }

    private MegatuxException Explain(Exception failure) => failure is InvalidDataException
        ? new MegatuxException(ErrorCodes.ImageDamaged,
            $"{_name} is damaged: {failure.Message}, in member {NumberHere}, at or before byte {_input.Position} of the file.", inner: failure)
        : new MegatuxException(ErrorCodes.InputUnreadable, $"{_name} cannot be read: {failure.Message}", inner: failure);
}
