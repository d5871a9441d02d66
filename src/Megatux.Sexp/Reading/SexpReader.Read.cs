using System.Runtime.CompilerServices;

namespace Megatux.Sexp;

public ref partial struct SexpReader
{

    /// <summary>Goes on to the next token.</summary>
    /// <returns>False when there is none: the text is over, or what is left of this buffer goes on in the next.</returns>
    /// <exception cref="SexpException">The text is malformed or too large.</exception>
    public bool Read()
    {
        ReadOnlySpan<byte> data = _data;
        int at = _consumed;
        if (_isInComment)
            at = SkipComment(at);
        while ((uint)at < (uint)data.Length)
        {
            switch (ByteClasses.KindOf(data[at]))
            {
                case ByteClasses.Space:
                    at++;
                    continue;
                case ByteClasses.LineFeed:
                    at++;
                    _linesBefore++;
                    _lineStart = _base + at;
                    continue;
                case ByteClasses.Semicolon:
                    at = SkipComment(at);
                    continue;
                case ByteClasses.Open:
                    BeginDatum(at);
                    if (_depth + _quotes >= _limits.MaxDepth)
                        throw TooDeep(at);
                    _depth++;
                    _quotes = 0;
                    return Take(SexpToken.ListStart, at, 1, at + 1);
                case ByteClasses.Close:
                    if (_depth == 0 || _quotes > 0)
                        throw Unexpected(at);
                    _depth--;
                    return Take(SexpToken.ListEnd, at, 1, at + 1);
                case ByteClasses.Quote:
                    BeginDatum(at);
                    if (_depth + _quotes >= _limits.MaxDepth)
                        throw TooDeep(at);
                    _quotes++;
                    return Take(SexpToken.Quote, at, 1, at + 1);
                case ByteClasses.DoubleQuote:
                    return ReadString(at);
                case ByteClasses.Atom:
                    return ReadAtom(at);
                default:
                    throw Bad(at);
            }
        }

        return End(at);
    }

    private bool ReadAtom(int start)
    {
        ReadOnlySpan<byte> data = _data;
        int end = start + 1;
        while ((uint)end < (uint)data.Length && ByteClasses.IsInAtom(data[end]))
            end++;
        if (end - start > _limits.MaxTokenBytes)
            throw TooLong("an atom", start);
        BeginDatum(start);
        if (end == data.Length && !_isLast)
            return Wait(start);
        _quotes = 0;
        return Take(SexpToken.Atom, start, end - start, end);
    }

    private bool ReadString(int start)
    {
        ReadOnlySpan<byte> data = _data;
        int linesBefore = _linesBefore;
        long lineStart = _lineStart;
        bool hasEscapes = false;
        for (int at = start + 1; ; at++)
        {
            int length = (uint)at <= (uint)data.Length ? data[at..].IndexOfAny(StringEscapes.DoubleQuote, StringEscapes.Backslash, (byte)'\n') : -1;
            if ((length < 0 ? data.Length : at + length) - start > _limits.MaxTokenBytes)
                throw TooLong("a string", start);
            if (length < 0)
                break;
            at += length;
            if (data[at] == StringEscapes.DoubleQuote)
            {
                BeginDatum(start);
                (_stringLinesBefore, _stringLineStart) = (_linesBefore, _lineStart);
                (_linesBefore, _lineStart) = (linesBefore, lineStart);
                _hasEscapes = hasEscapes;
                _quotes = 0;
                Take(SexpToken.String, start + 1, at - start - 1, at + 1);
                _hasEscapes = hasEscapes;
                return true;
            }

            if (data[at] == StringEscapes.Backslash)
            {
                // Whatever it stands for, the next byte ends nothing; a line in a string counts all the same.
                hasEscapes = true;
                if ((uint)(at + 1) < (uint)data.Length && data[at + 1] != (byte)'\n')
                    at++;
                continue;
            }

            linesBefore++;
            lineStart = _base + at + 1;
        }

        BeginDatum(start);
        if (_isLast)
            throw Fault(SexpFault.Malformed, "a string is not closed; expected '\"'", start);
        return Wait(start);
    }

    private int SkipComment(int at)
    {
        int length = _data[at..].IndexOf((byte)'\n');
        _isInComment = length < 0;
        return length < 0 ? _data.Length : at + length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void BeginDatum(int at)
    {
        if (_depth == 0 && _quotes == 0)
            _messageStart = _base + at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Take(SexpToken token, int start, int length, int end)
    {
        if (_base + end - _messageStart > _limits.MaxMessageBytes)
            throw TooMuch(end);
        _token = token;
        _start = start;
        _length = length;
        _consumed = end;
        _hasEscapes = false;
        return true;
    }

    /// <summary>What is left is the beginning of a token.</summary>
    private bool Wait(int start)
    {
        if (_base + _data.Length - _messageStart > _limits.MaxMessageBytes)
            throw TooMuch(_data.Length);
        return None(start);
    }

    private bool End(int at)
    {
        if (_depth == 0 && _quotes == 0)
            return None(at);
        if (_base + at - _messageStart > _limits.MaxMessageBytes)
            throw TooMuch(at);
        if (_isLast)
            throw Fault(SexpFault.Malformed, _quotes > 0 ? "the text ends behind a quote; expected what is quoted"
                : $"the text ends inside of {_depth} list{(_depth == 1 ? "" : "s")}; expected ')'", at);
        return None(at);
    }

    private bool None(int consumed)
    {
        _token = SexpToken.None;
        (_start, _length, _consumed) = (consumed, 0, consumed);
        return false;
    }
}
