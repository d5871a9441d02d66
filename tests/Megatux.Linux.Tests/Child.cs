using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Megatux.Linux.Tests;

/// <summary>Children that tests start: shell scripts whose output is read to its end.</summary>
internal static class Child
{
    internal const int DeadlineMs = 60_000;

    private static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(DeadlineMs);

    internal static Task<ExitStatus> EndAsync(ChildProcess child) => child.Exit.WaitAsync(Deadline);

    internal static async Task<string> LineAsync(TextReader text) => (await text.ReadLineAsync().WaitAsync(Deadline))!;

    internal static ChildStart Shell(string script, params string[] arguments) =>
        new() { Program = "/bin/sh", Arguments = ["-c", script, "sh", .. arguments] };

    /// <summary>Runs a child and returns its outputs, without white space at the ends, and its end.</summary>
    internal static async Task<(string Output, ExitStatus Exit)> RunAsync(ChildStart start)
    {
        (SafeFileHandle reader, SafeFileHandle writer) = Pipe.Create();
        using var stream = new FileStream(reader, FileAccess.Read);
        await using ChildProcess child = ChildProcess.Start(
            start with { Descriptors = [.. start.Descriptors, ((SafeHandle)writer, 1), (writer, 2)] });
        writer.Dispose();
        using var text = new StreamReader(stream);
        string output = await text.ReadToEndAsync().WaitAsync(Deadline);
        return (output.Trim(), await child.Exit.WaitAsync(Deadline));
    }

    /// <summary>The descriptors of a process, in order, and what they are.</summary>
    internal static SortedDictionary<int, string> Descriptors(int pid)
    {
        var descriptors = new SortedDictionary<int, string>();
        foreach (string path in Directory.GetFiles($"/proc/{pid}/fd"))
            descriptors.Add(int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture), new FileInfo(path).LinkTarget!);
        return descriptors;
    }

    /// <summary>The state letter of a process (proc(5)), or a question mark if there is none of that number.</summary>
    internal static char State(int pid)
    {
        try
        {
            string status = File.ReadAllText($"/proc/{pid}/stat");
            return status[status.LastIndexOf(')') + 2];
        }
        catch (IOException)
        {
            return '?';
        }
    }

    /// <summary>Waits until a process has ended, reaped or not.</summary>
    internal static async Task GoneAsync(int pid)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (State(pid) is not ('?' or 'Z' or 'X'))
            await Task.Delay(5, deadline.Token);
    }
}
