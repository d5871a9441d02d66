using System.Diagnostics;
using System.Text;

namespace Megatux.Hypervisors;

/// <summary>A machine that was started. Disposing of it kills it, with every process that it consists of.</summary>
public sealed class Machine : IAsyncDisposable
{
    /// <summary>Longest line of a console in characters; what a machine writes beyond is another line.</summary>
    public const int LongestLine = 4096;

    private readonly Process _process;
    private readonly StreamReader _console;

    internal Machine(Process process)
    {
        _process = process;
        _console = new StreamReader(process.StandardOutput.BaseStream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, LongestLine);
        Exit = EndAsync();
    }

    /// <summary>The exit code of the machine's first process, once that has ended; 128 and the signal's number if one killed it.</summary>
    public Task<int> Exit { get; }

    /// <summary>
    /// The console's lines as they come, to the end of the last of the machine's processes. To be read once; a machine
    /// that nobody reads stops when it has written what a pipe holds. What is read may be anything: the machine chooses.
    /// </summary>
    public async IAsyncEnumerable<string> ReadConsoleAsync()
    {
        var line = new StringBuilder();
        char[] block = new char[LongestLine];
        while (await _console.ReadAsync(block).ConfigureAwait(false) is > 0 and int count)
        {
            for (int at = 0; at < count; at++)
            {
                if (block[at] != '\n')
                    line.Append(block[at]);
                if (block[at] != '\n' && line.Length < LongestLine)
                    continue;
                yield return Take(line);
            }
        }

        if (line.Length > 0)
            yield return Take(line);
    }

    /// <summary>Ends the machine at once. <see cref="Exit"/> says when it is done; more calls do nothing.</summary>
    public void Kill()
    {
        try
        {
            // The lifeline: see MachineStart.
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // Nothing was ever written, so there is nothing that could not be; the pipe is closed.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Kill();
        await Exit.ConfigureAwait(false);
        _console.Dispose();
        _process.Dispose();
    }

    private async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);
        // Helpers of the first process may outlive it, and the watcher does.
        Kill();
        return _process.ExitCode;
    }

    private static string Take(StringBuilder line)
    {
        string text = line.ToString().TrimEnd('\r');
        line.Clear();
        return text;
    }
}
