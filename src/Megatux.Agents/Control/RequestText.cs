namespace Megatux.Agents;

/// <summary>The text of a request: a first word, and what it is about.</summary>
public static class RequestText
{
    /// <summary>Splits at the first blank; without one all of it is the first word, and the others are empty.</summary>
    public static (string First, string Others) Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int blank = text.IndexOf(' ', StringComparison.Ordinal);
        return blank < 0 ? (text, "") : (text[..blank], text[(blank + 1)..]);
    }
}
