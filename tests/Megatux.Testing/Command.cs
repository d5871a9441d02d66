using System.Diagnostics;

namespace Megatux.Testing;

/// <summary>What a finished command left behind.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">All that it wrote to standard output.</param>
/// <param name="Error">All that it wrote to standard error.</param>
public sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>Both streams, for messages and searches that do not care which it was.</summary>
    public string All => Output + Error;

    /// <summary>This result, if the command succeeded.</summary>
    /// <exception cref="InvalidOperationException">The exit code is not 0.</exception>
    public CommandResult Succeeded() =>
        ExitCode == 0 ? this : throw new InvalidOperationException($"exit code {ExitCode}:\n{All}");
}

/// <summary>Runs real programs under a deadline. A program that outlives it is killed with its children.</summary>
public static class Command
{
    /// <summary>How long a command may take unless told otherwise.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    public static CommandResult Run(string program, IEnumerable<string> arguments, string? folder = null,
        string? input = null, TimeSpan? deadline = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? "",
        };
        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task feeding = Feed(process, input);
        TimeSpan limit = deadline ?? Deadline;
        using var late = new CancellationTokenSource(limit);
        try
        {
            Task.WhenAll(output, error, feeding, process.WaitForExitAsync(late.Token)).WaitAsync(late.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)}: not done after {limit.TotalSeconds} s");
        }

        return new CommandResult(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Runs a program with arguments that hold no spaces.</summary>
    public static CommandResult Run(string commandLine, string? folder = null)
    {
        string[] words = commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return Run(words[0], words[1..], folder);
    }

    /// <summary>Full path of a program on the PATH (with the system folders that root's PATH may lack), or null.</summary>
    public static string? Find(string program) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin".Split(':')
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static async Task Feed(Process process, string? input)
    {
        try
        {
            await process.StandardInput.WriteAsync(input).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended without reading all of its input, as it may.
        }
    }
}
