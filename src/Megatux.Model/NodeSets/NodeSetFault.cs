namespace Megatux.Model;

/// <summary>Makes the errors of a text that is no node set: what is wrong, and where in the text.</summary>
/// <param name="text">All of the text.</param>
/// <param name="where">Where the text stands, if known.</param>
internal sealed class NodeSetFault(string text, SourceLocation? where)
{
    /// <summary>How much of a long text is shown on each side of the fault, in characters.</summary>
    private const int Shown = 40;

    /// <summary>An error about <paramref name="length"/> characters from <paramref name="start"/> on, which the message marks.</summary>
    public MegatuxException At(string code, int start, int length, string message)
    {
        int end = start + length;
        string before = start > Shown ? $"...{text[(start - Shown)..start]}" : text[..start];
        string fault = length > Shown ? $"{text[start..(start + Shown)]}..." : text[start..end];
        string after = text.Length - end > Shown ? $"{text[end..(end + Shown)]}..." : text[end..];
        string quoted = Printable($"{before}>>{fault}<<{after}");
        return new MegatuxException(code, $"node set \"{quoted}\", column {start + 1}: {message}", where: where);
    }

    /// <summary>A message is one line, whatever the text holds.</summary>
    private static string Printable(string quoted) =>
        string.Create(quoted.Length, quoted, (target, source) =>
        {
            for (int i = 0; i < source.Length; i++)
                target[i] = char.IsControl(source[i]) ? ' ' : source[i];
        });
}
