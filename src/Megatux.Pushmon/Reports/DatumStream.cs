using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>S-expressions of a stream, one after the other, none longer than a reader wants to keep. Strings of nodes may have line ends in them.</summary>
internal sealed class DatumStream(Stream stream, SexpLimits limits)
{
    private readonly DatumBuilder _builder = new();
    private byte[] _buffer = new byte[16 << 10];
    private int _start, _end;
    private SexpReaderState _state;

    /// <summary>The next one; null at the end of the stream, whatever was begun.</summary>
    /// <exception cref="SexpException">It is malformed or too long.</exception>
    internal async ValueTask<Datum?> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (TryRead() is { } datum)
                return datum;
            if (_start > 0)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
            }

            // What is left in it is part of one token, which the limits bound.
            if (_end == _buffer.Length)
                Array.Resize(ref _buffer, 2 * _buffer.Length);
            int read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellation).ConfigureAwait(false);
            if (read == 0)
                return null;
            _end += read;
        }
    }

    private Datum? TryRead()
    {
        var reader = new SexpReader(_buffer.AsSpan(_start, _end - _start), limits, isLast: false, _state);
        _builder.Read(ref reader, out Datum? datum);
        _start += reader.BytesConsumed;
        _state = reader.State;
        return datum;
    }
}
