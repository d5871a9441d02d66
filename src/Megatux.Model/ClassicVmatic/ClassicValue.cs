using System.Text;

namespace Megatux.Model;

/// <summary>Reads the right side of one setting: quotes, escapes, references, a comment after it.</summary>
internal sealed class ClassicValue(string text, SourceLocation where, Func<string, SourceLocation, string> lookup)
{
    /// <summary>Values that refer to values grow fast; one this long was not meant.</summary>
    private const int LongestValue = 1 << 16;

    private readonly StringBuilder _value = new();
    private int _at;

    /// <summary>The value as a shell or make would see it.</summary>
    /// <exception cref="MegatuxException">A quote or reference is not closed or not known.</exception>
    public string Read()
    {
        bool quoted = false;
        // Blanks at the end count only inside quotes.
        int kept = 0;
        while (_at < text.Length)
        {
            char next = text[_at];
            if (next == '#' && !quoted && (_at == 0 || char.IsWhiteSpace(text[_at - 1])))
                break;
            if (next == '"')
            {
                quoted = !quoted;
                _at++;
            }
            else if (next == '\'' && !quoted)
                Literal();
            else if (next == '$')
                Reference();
            else if (next == '`')
                throw Malformed("found a command in back quotes, expected its output written out");
            else
                Character(quoted);

            if (quoted || !char.IsWhiteSpace(next))
                kept = _value.Length;
            if (_value.Length > LongestValue)
                throw Malformed($"its value is longer than {LongestValue} characters");
        }

        if (quoted)
            throw Malformed("found no closing \", expected one before the line's end");
        return _value.ToString(0, kept);
    }

    private void Literal()
    {
        int end = text.IndexOf('\'', _at + 1);
        if (end < 0)
            throw Malformed("found no closing ', expected one before the line's end");
        _value.Append(text, _at + 1, end - _at - 1);
        _at = end + 1;
    }

    private void Character(bool quoted)
    {
        // A backslash before a letter is a letter's neighbour in some other file's syntax and stays.
        if (text[_at] == '\\' && _at + 1 < text.Length && (text[_at + 1] is '"' or '\\' or '$' or '`' || (!quoted && text[_at + 1] is '\'' or '#' or ' ')))
            _at++;
        _value.Append(text[_at++]);
    }

    private void Reference()
    {
        char after = _at + 1 < text.Length ? text[_at + 1] : '\0';
        if (after == '$')
        {
            _value.Append('$');
            _at += 2;
            return;
        }

        char close = after switch { '(' => ')', '{' => '}', _ => '\0' };
        int start = _at + (close == '\0' ? 1 : 2);
        int end = start;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
            end++;
        if (end == start || (close != '\0' && (end == text.Length || text[end] != close)))
            throw Malformed($"found '{text[_at..Math.Min(text.Length, end + 1)]}', expected a reference such as $(NAME) or ${{NAME}} to a name set above; write what a command or function would give out in full");
        _value.Append(lookup(text[start..end], where));
        _at = close == '\0' ? end : end + 1;
    }

    private MegatuxException Malformed(string what) => new(ErrorCodes.ClassicMalformedLine, $"The line is malformed: {what}.", where: where);
}
