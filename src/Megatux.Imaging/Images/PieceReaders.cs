using System.Buffers.Binary;
using System.IO.Hashing;
using ICSharpCode.SharpZipLib.Zip.Compression;
using ZstdSharp;

namespace Megatux.Imaging;

/// <summary>Reads one compressed piece of an image: from its magic to its last byte.</summary>
internal interface IPieceReader : IDisposable
{
    /// <summary>Reads some of the plain bytes; 0 at the end of the piece, whose checksum was right then.</summary>
    /// <exception cref="InvalidDataException">The piece is damaged or cut off.</exception>
    int Read(Span<byte> target);
}

/// <summary>Uncompressed records: as many as stand there.</summary>
internal sealed class PlainPieceReader(InputWindow input) : IPieceReader
{
    public int Read(Span<byte> target) => input.Read(target);

    public void Dispose()
    {
    }
}

/// <summary>One gzip stream (RFC 1952).</summary>
internal sealed class GzipPieceReader : IPieceReader
{
    private const int HeaderLength = 10;
    private const int TrailerLength = 8;
    private const int FlagsOffset = 3;
    private const byte NameFlag = 8;

    private readonly InputWindow _input;
    private readonly Inflater _inflater = new(noHeader: true);
    private readonly Crc32 _checksum = new();
    private readonly byte[] _plain = new byte[1 << 16];
    private int _plainStart;
    private int _plainEnd;
    private uint _length;
    private bool _ended;

    internal GzipPieceReader(InputWindow input)
    {
        _input = input;
        ReadOnlySpan<byte> header = input.Peek(HeaderLength);
        if (header.Length < HeaderLength)
            throw new InvalidDataException("the gzip header is cut off");
        byte flags = header[FlagsOffset];
        if ((flags & ~NameFlag) != 0)
            throw new InvalidDataException($"the gzip header has flags {flags:x2}; the kernel understands none but FNAME (08)");
        input.Take(HeaderLength);
        if (flags == NameFlag)
            SkipName();
    }

    public int Read(Span<byte> target)
    {
        // The inflater is slow at single bytes, which zeros between records are read by.
        if (_plainStart == _plainEnd && !Inflate())
            return 0;
        int length = Math.Min(target.Length, _plainEnd - _plainStart);
        _plain.AsSpan(_plainStart, length).CopyTo(target);
        _plainStart += length;
        return length;
    }

    public void Dispose()
    {
    }

    /// <summary>Fills the buffer of plain bytes; false at the end of the stream.</summary>
    private bool Inflate()
    {
        if (_ended)
            return false;
        try
        {
            _plainStart = 0;
            while ((_plainEnd = _inflater.Inflate(_plain, 0, _plain.Length)) == 0 && !_inflater.IsFinished)
                Feed();
        }
        catch (Exception failure) when (ArchiveErrors.IsDamage(failure) && failure is not (InvalidDataException or IOException))
        {
            throw new InvalidDataException($"the gzip stream is damaged: {failure.Message}", failure);
        }

        _checksum.Append(_plain.AsSpan(0, _plainEnd));
        _length += (uint)_plainEnd;
        if (_plainEnd == 0)
            ReadTrailer();
        return _plainEnd > 0;
    }

    private void Feed()
    {
        if (!_inflater.IsNeedingInput)
            throw new InvalidDataException("the gzip stream asks for a dictionary");
        ArraySegment<byte> window = _input.PeekSegment();
        if (window.Count == 0)
            throw new InvalidDataException("the gzip stream is cut off");
        _inflater.SetInput(window.Array!, window.Offset, window.Count);
        _input.Take(window.Count);
    }

    private void ReadTrailer()
    {
        _ended = true;
        _input.GiveBack(_inflater.RemainingInput);
        ReadOnlySpan<byte> trailer = _input.Peek(TrailerLength);
        if (trailer.Length < TrailerLength)
            throw new InvalidDataException("the gzip stream's checksum is cut off");
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer) != _checksum.GetCurrentHashAsUInt32() || BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) != _length)
            throw new InvalidDataException("the gzip stream's checksum or length is wrong");
        _input.Take(TrailerLength);
    }

    private void SkipName()
    {
        while (true)
        {
            ReadOnlySpan<byte> next = _input.Peek(1);
            if (next.IsEmpty)
                throw new InvalidDataException("the gzip header is cut off");
            bool last = next[0] == 0;
            _input.Take(1);
            if (last)
                return;
        }
    }
}

/// <summary>One zstd frame (RFC 8878).</summary>
internal sealed class ZstdPieceReader : IPieceReader
{
    private readonly DecompressionStream _stream;

    internal ZstdPieceReader(InputWindow input) => _stream = new DecompressionStream(new ZstdFrameStream(input), leaveOpen: false);

    public int Read(Span<byte> target)
    {
        try
        {
            return _stream.Read(target);
        }
        catch (Exception failure) when (failure is EndOfStreamException || (ArchiveErrors.IsDamage(failure) && failure is not (InvalidDataException or IOException)))
        {
            throw new InvalidDataException($"the zstd frame is damaged: {failure.Message}", failure);
        }
    }

    public void Dispose() => _stream.Dispose();
}
