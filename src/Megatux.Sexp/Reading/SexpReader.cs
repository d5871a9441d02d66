namespace Megatux.Sexp;

/// <summary>
/// Reads S-expressions token by token from UTF-8 or any other bytes, without allocating. A text may come in several buffers: a
/// reader is made for each, from the state of the one before, and what that one did not consume comes again in front.
/// </summary>
/// <remarks>
/// Grammar: <c>datum = list | string | quote | atom; list = "(" *(ws | comment | datum) ")"; comment = ";"</c> to the end of
/// the line, only where a token may start; <c>atom = 1*( "!" | %x23-26 | %x2A-7E | %x80-FF ); quote = "'" datum</c>.
/// </remarks>
public ref partial struct SexpReader
{
    private readonly ReadOnlySpan<byte> _data;
    private readonly SexpLimits _limits;
    private readonly long _base;
    private readonly bool _isLast;
    private int _consumed, _start, _length;
    private int _depth, _quotes, _linesBefore, _stringLinesBefore;
    private long _lineStart, _stringLineStart, _messageStart;
    private bool _hasEscapes, _isInComment;
    private SexpToken _token;

    /// <summary>Reads a whole text, or the first of several buffers.</summary>
    /// <param name="data">The text.</param>
    /// <param name="limits">How large it may be; null for <see cref="SexpLimits.Default"/>.</param>
    /// <param name="isLast">False when more may follow: what could go on is then no token yet.</param>
    /// <param name="state">What the reader of the buffer before ended with.</param>
    public SexpReader(ReadOnlySpan<byte> data, SexpLimits? limits = null, bool isLast = true, SexpReaderState state = default)
    {
        _data = data;
        _limits = limits ?? SexpLimits.Default;
        _isLast = isLast;
        _base = state.Offset;
        _lineStart = state.LineStart;
        _linesBefore = state.LinesBefore;
        _depth = state.Depth;
        _quotes = state.Quotes;
        _messageStart = state.MessageStart;
        _isInComment = state.IsInComment;
    }

    /// <summary>What was read last.</summary>
    public readonly SexpToken Token => _token;

    /// <summary>The bytes of the token as they stand in the text; of a string, those between its quotes.</summary>
    public readonly ReadOnlySpan<byte> Lexeme => _data.Slice(_start, _length);

    /// <summary>True for a string whose value is not its lexeme.</summary>
    public readonly bool HasEscapes => _hasEscapes;

    /// <summary>How many lists are open behind the token.</summary>
    public readonly int Depth => _depth;

    /// <summary>True when the token was the last of a datum that is in no list.</summary>
    public readonly bool IsAtEndOfDatum => _depth == 0 && _quotes == 0 && _token != SexpToken.None;

    /// <summary>Bytes in front of the token, in all buffers.</summary>
    public readonly long Offset => _base + TokenStart;

    /// <summary>Line and column of the token.</summary>
    public readonly SexpPosition Position =>
        _token == SexpToken.String ? Place(_start - 1, _stringLinesBefore, _stringLineStart) : Place(_start, _linesBefore, _lineStart);

    /// <summary>How many bytes of this buffer need not come again: all up to the end of the last token.</summary>
    public readonly int BytesConsumed => _consumed;

    /// <summary>What the reader of the next buffer begins with.</summary>
    public readonly SexpReaderState State => new()
    {
        Offset = _base + _consumed,
        LineStart = _lineStart,
        LinesBefore = _linesBefore,
        Depth = _depth,
        Quotes = _quotes,
        MessageStart = _messageStart,
        IsInComment = _isInComment,
    };

    /// <summary>Writes the value of a string: its lexeme without escapes.</summary>
    /// <param name="value">At least as long as the lexeme.</param>
    /// <returns>Bytes written.</returns>
    public readonly int CopyValue(Span<byte> value) => StringEscapes.Unescape(Lexeme, value);

    /// <summary>Whether the text of the token, without escapes, is the one given.</summary>
    public readonly bool Is(ReadOnlySpan<byte> text) =>
        _hasEscapes ? StringEscapes.Unescape(Lexeme).AsSpan().SequenceEqual(text) : Lexeme.SequenceEqual(text);

    internal readonly SexpLimits Limits => _limits;

    // A string's lexeme begins behind its quote.
    private readonly int TokenStart => _token == SexpToken.String ? _start - 1 : _start;
}
