using System.Globalization;

namespace Megatux.Benchmarks;

/// <summary>
/// Machines that a shell script starts in namespaces of its own, which end with it. The script writes how many are up when
/// all are, and then waits for the end of its input; what it writes before is a remark.
/// </summary>
internal sealed class ShellLoop(Workshop shop, Report report, int machines, string script, params string[] arguments) : IFleet
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);

    private Process? _process;
    private string? _folder;

    /// <inheritdoc/>
    public int Root => _process!.Id;

    /// <inheritdoc/>
    public double BringUp()
    {
        _folder = shop.NewFolder("loop");
        _process = Process.Start(new ProcessStartInfo("unshare",
            ["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "bash", "-c", $"set -e\n{script}", "bash", _folder, $"{machines}", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Task<string?> last = LastLineAsync(_process.StandardOutput);
        if (!last.Wait(Deadline))
            throw new TimeoutException($"the loop's {machines} machines are not up after {Deadline.TotalMinutes} minutes");
        return last.Result is { } line && int.Parse(line, CultureInfo.InvariantCulture) is var up && up >= machines ? 0
            : throw new InvalidOperationException($"{last.Result ?? "none"} of the loop's {machines} machines came up");
    }

    /// <inheritdoc/>
    public long FilesInMemory() => 0;

    /// <inheritdoc/>
    public void End()
    {
        if (_process is null)
            return;
        _process.StandardInput.Close();
        if (!_process.WaitForExit(Deadline))
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
        _process = null;
        Directory.Delete(_folder!, recursive: true);
    }

    private async Task<string?> LastLineAsync(StreamReader output)
    {
        while (await output.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            if (int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                return line;
            report.Note(line);
        }

        return null;
    }
}
