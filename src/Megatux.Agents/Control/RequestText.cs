namespace Megatux.Agents;

/// <summary>The text of a request: a first word, and what it is about.</summary>
public static class RequestText
{
    // A line's end is the request's: those within, of a shell script for one, travel as a character that no argument has.
    private const char LineEnd = '\n', Carried = '\0';

    /// <summary>The request as one line, without an end.</summary>
    public static string ToLine(string request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Replace(LineEnd, Carried);
    }

    /// <summary>The request that a line carries.</summary>
    public static string FromLine(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return line.Replace(Carried, LineEnd);
    }

    /// <summary>Splits at the first blank; without one all of it is the first word, and the others are empty.</summary>
    public static (string First, string Others) Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int blank = text.IndexOf(' ', StringComparison.Ordinal);
        return blank < 0 ? (text, "") : (text[..blank], text[(blank + 1)..]);
    }
}
