using System.ComponentModel;
using System.Diagnostics;

namespace Megatux.Imaging;

/// <summary>What a program of the machine said before it ended.</summary>
internal readonly record struct ToolResult(int ExitCode, string Output, string Error);

/// <summary>Runs a program of the machine, in the C locale and without input, and no longer than a deadline.</summary>
internal static class Tool
{
    // Long enough for a killed program to be gone, so that the folder it wrote to can be removed.
    private static readonly TimeSpan Dying = TimeSpan.FromSeconds(5);

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="FileNotFoundException">There is no such program.</exception>
    /// <exception cref="TimeoutException">It did not end in time; it was killed with its children.</exception>
    public static ToolResult Run(string program, IEnumerable<string> arguments, string? folder, TimeSpan deadline, CancellationToken cancellation)
    {
        using Process process = Start(program, arguments, folder);
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        WaitOrKill(process, Task.WhenAll(output, error), program, deadline, cancellation);
        return new ToolResult(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Runs a program and hands its output to <paramref name="read"/> while it runs.</summary>
    /// <returns>The result of <paramref name="read"/>, or what it threw, with the program's own end and words.</returns>
    /// <exception cref="FileNotFoundException">There is no such program.</exception>
    /// <exception cref="TimeoutException">It did not end in time; it was killed with its children.</exception>
    public static (T? Value, Exception? Failure, ToolResult Result) Pipe<T>(string program, IEnumerable<string> arguments,
        Func<Stream, T> read, TimeSpan deadline, CancellationToken cancellation)
    {
        using Process process = Start(program, arguments, folder: null);
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stop.CancelAfter(deadline);

        // A program that is killed ends its output, and so whoever waits for more of it.
        using CancellationTokenRegistration killing = stop.Token.Register(() => Kill(process));
        T? value = default;
        Exception? failure = null;
        try
        {
            value = read(process.StandardOutput.BaseStream);
        }
        catch (Exception thrown)
        {
            failure = thrown;
        }

        // If it has more to say, it must not wait for someone to listen.
        process.StandardOutput.BaseStream.Dispose();
        if (failure is OperationCanceledException)
            Kill(process);
        WaitOrKill(process, error, program, deadline, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return stop.IsCancellationRequested ? throw Late(program, deadline) : (value, failure, new ToolResult(process.ExitCode, "", error.Result));
    }

    private static Process Start(string program, IEnumerable<string> arguments, string? folder)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        start.Environment["LC_ALL"] = "C";
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        try
        {
            Process process = Process.Start(start)!;
            process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception failure)
        {
            throw new FileNotFoundException($"{program} cannot be started: {failure.Message}", program, failure);
        }
    }

    private static void WaitOrKill(Process process, Task streams, string program, TimeSpan deadline, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stop.CancelAfter(deadline);
        try
        {
            process.WaitForExitAsync(stop.Token).GetAwaiter().GetResult();
            streams.WaitAsync(stop.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            Kill(process);
            cancellation.ThrowIfCancellationRequested();
            throw Late(program, deadline);
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit(Dying);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself just now.
        }
    }

    private static TimeoutException Late(string program, TimeSpan deadline) =>
        new($"{program} was not done after {deadline.TotalSeconds:0} seconds");
}
