namespace Megatux.Model;

/// <summary>Text that people can read in one line of a message.</summary>
internal static class Wording
{
    private const int Longest = 160;

    /// <summary>The text, or its beginning if it is long.</summary>
    public static string Shorten(string text) => text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest - 1), "…");
}
