using System.Text;

namespace Megatux.Cli;

/// <summary>Long lists on standard output.</summary>
internal static class NodesOutput
{
    /// <summary>Characters written at once: the console makes a system call of each write.</summary>
    private const int Chunk = 1 << 15;

    /// <summary>Writes texts with a separator between them and a line's end after them, as they come.</summary>
    internal static void WriteAll(TextWriter output, IEnumerable<string> texts, string separator)
    {
        var chunk = new StringBuilder();
        string between = "";
        foreach (string text in texts)
        {
            chunk.Append(between).Append(text);
            between = separator;
            if (chunk.Length < Chunk)
                continue;
            output.Write(chunk);
            chunk.Clear();
        }

        output.WriteLine(chunk);
    }
}
