namespace Megatux.Imaging;

/// <summary>
/// The bytes of one zstd frame and none behind it, found by walking its blocks (RFC 8878, 3.1.1): libraries read ahead,
/// and what follows the frame in an image is another member.
/// </summary>
internal sealed class ZstdFrameStream : Stream
{
    private const int MagicLength = 4;
    private const int BlockHeaderLength = 3;
    private const int ChecksumLength = 4;
    private const int RunLengthBlock = 1;

    private readonly InputWindow _input;
    private readonly bool _hasChecksum;
    private long _left;
    private State _state = State.Blocks;

    internal ZstdFrameStream(InputWindow input)
    {
        _input = input;
        ReadOnlySpan<byte> start = input.Peek(MagicLength + 1);
        if (start.Length <= MagicLength)
            throw new InvalidDataException("the zstd frame is cut off");

        // Frame_Header_Descriptor: content size flag (2 bits), single segment, unused, reserved, checksum, dictionary id (2 bits).
        byte descriptor = start[MagicLength];
        bool single = (descriptor & 0x20) != 0;
        int sizeFlag = descriptor >> 6;
        int sizeLength = sizeFlag == 0 ? (single ? 1 : 0) : 1 << sizeFlag;
        int dictionaryLength = (descriptor & 3) switch { 0 => 0, 1 => 1, 2 => 2, _ => 4 };
        _hasChecksum = (descriptor & 4) != 0;
        _left = MagicLength + 1 + (single ? 0 : 1) + dictionaryLength + sizeLength;
    }

    private enum State
    {
        Blocks,
        LastBlock,
        Ended,
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_left == 0 && !NextPart())
            return 0;
        int read = _input.Read(buffer[..(int)Math.Min(buffer.Length, _left)]);
        if (read == 0 && !buffer.IsEmpty)
            throw new InvalidDataException("the zstd frame is cut off");
        _left -= read;
        return read;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private bool NextPart()
    {
        switch (_state)
        {
            case State.Blocks:
                ReadOnlySpan<byte> header = _input.Peek(BlockHeaderLength);
                if (header.Length < BlockHeaderLength)
                    throw new InvalidDataException("the zstd frame is cut off");
                int bits = header[0] | (header[1] << 8) | (header[2] << 16);
                int size = ((bits >> 1) & 3) == RunLengthBlock ? 1 : bits >> 3;
                _left = BlockHeaderLength + size;
                _state = (bits & 1) != 0 ? State.LastBlock : State.Blocks;
                return true;
            case State.LastBlock:
                _state = State.Ended;
                _left = _hasChecksum ? ChecksumLength : 0;
                return _hasChecksum;
            default:
                return false;
        }
    }
}
