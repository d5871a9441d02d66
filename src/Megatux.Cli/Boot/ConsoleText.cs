namespace Megatux.Cli;

/// <summary>What machines write, made safe to show: a guest may be hostile, and a terminal obeys escape sequences.</summary>
internal static class ConsoleText
{
    private const char Instead = '·';

    /// <summary>The line with each control character but the tabulator replaced by a dot.</summary>
    internal static string Printable(string line)
    {
        if (!line.Any(IsUnsafe))
            return line;
        return string.Create(line.Length, line, (text, from) =>
        {
            for (int at = 0; at < text.Length; at++)
                text[at] = IsUnsafe(from[at]) ? Instead : from[at];
        });
    }

    private static bool IsUnsafe(char character) => char.IsControl(character) && character != '\t';
}
