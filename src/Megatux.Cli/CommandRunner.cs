using Megatux.Model;

namespace Megatux.Cli;

/// <summary>What every command does about errors.</summary>
internal static class CommandRunner
{
    /// <summary>Exit code of a command that an error of the user or the machine ended.</summary>
    internal const int Failed = 2;

    /// <summary>Exit code of a command whose reader went away, as a shell reports it: 128 + SIGPIPE.</summary>
    internal const int ReaderGone = 128 + 13;

    /// <summary>EPIPE of Linux, errno.h.</summary>
    private const int BrokenPipe = 32;

    /// <summary>Runs a command; an error that the user can mend becomes one line on standard error.</summary>
    /// <param name="body">The command; its result is the exit code.</param>
    /// <param name="error">Where the line goes instead.</param>
    internal static int Guard(Func<int> body, TextWriter? error = null) =>
        GuardAsync(() => Task.FromResult(body()), error).GetAwaiter().GetResult();

    /// <summary>Runs a command that waits for others; an error that the user can mend becomes one line on standard error.</summary>
    /// <param name="body">The command; its result is the exit code.</param>
    /// <param name="error">Where the line goes instead.</param>
    internal static async Task<int> GuardAsync(Func<Task<int>> body, TextWriter? error = null)
    {
        try
        {
            return await body().ConfigureAwait(false);
        }
        catch (MegatuxException problem)
        {
            (error ?? Console.Error).WriteLine(problem.Problem);
            return Failed;
        }
        catch (IOException gone) when (gone.HResult == BrokenPipe)
        {
            return ReaderGone;
        }
    }
}
