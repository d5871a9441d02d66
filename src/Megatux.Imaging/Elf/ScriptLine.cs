using System.Text;

namespace Megatux.Imaging;

/// <summary>The first line of a script, as the kernel reads it (execve(2), "Interpreter scripts").</summary>
/// <param name="Interpreter">Path of the interpreter.</param>
/// <param name="NamedThroughEnv">The program that env is to look for, when the interpreter is env; else null.</param>
internal sealed record ScriptLine(string Interpreter, string? NamedThroughEnv)
{
    /// <summary>The kernel looks no further (BINPRM_BUF_SIZE).</summary>
    private const int MostBytes = 256;

    /// <summary>Reads a file's first line; null if it does not begin with #! and a path.</summary>
    public static ScriptLine? TryRead(string path)
    {
        // A pipe or device has no length and might block.
        if (new FileInfo(path).Length == 0)
            return null;
        Span<byte> head = stackalloc byte[MostBytes];
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0))
            head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        if (!head.StartsWith("#!"u8))
            return null;
        int end = head.IndexOf((byte)'\n');
        string line = Encoding.UTF8.GetString(end < 0 ? head[2..] : head[2..end]).Trim(' ', '\t');
        string[] words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? null : new ScriptLine(words[0], NameAfterEnv(words));
    }

    /// <summary>env takes options (-S above all) and settings of variables before the program's name.</summary>
    private static string? NameAfterEnv(string[] words)
    {
        if (Path.GetFileName(words[0].AsSpan()) is not "env")
            return null;
        for (int i = 1; i < words.Length; i++)
        {
            // "-Spython3" is "-S python3".
            string word = words[i].StartsWith("-S", StringComparison.Ordinal) ? words[i][2..] : words[i];
            if (word.Length > 0 && word[0] != '-' && !word.Contains('='))
                return word.TrimEnd('\r');
        }

        return null;
    }
}
