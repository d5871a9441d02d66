using System.Diagnostics;
using Megatux.Agents;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>Ends an experiment on this machine, or what is left of one whose processes were killed.</summary>
internal static class LocalHalt
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    /// <summary>Ends the experiment and removes all that it left.</summary>
    internal static void Run(RunningExperiment running)
    {
        if (running.Answers())
            running.Ask(Verbs.Halt);
        RemoveRemains(running);
    }

    /// <summary>Waits for the front-end's end, kills it where that takes too long, and removes the run folder.</summary>
    internal static void RemoveRemains(RunningExperiment running)
    {
        if (!Directory.Exists(running.Files.Path))
            return;
        if (File.Exists(running.Files.Pid) && ProcessIdentity.Parse(File.ReadAllText(running.Files.Pid)) is { } frontEnd)
            End(frontEnd, running.Answers() ? TimeSpan.Zero : EndLimit);
        try
        {
            Directory.Delete(running.Files.Path, recursive: true);
            if (!Directory.EnumerateFileSystemEntries(RunFolder.Parent).Any())
                Directory.Delete(RunFolder.Parent);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody else removes it at the same time.
        }
    }

    private static void End(ProcessIdentity frontEnd, TimeSpan limit)
    {
        if (WaitForEnd(frontEnd, limit))
            return;
        try
        {
            using var process = Process.GetProcessById(frontEnd.Pid);
            if (frontEnd.IsAlive)
                process.Kill();
        }
        catch (ArgumentException)
        {
            // It has just ended.
        }

        if (!WaitForEnd(frontEnd, EndLimit))
            throw new MegatuxException(ErrorCodes.FrontEndEnded, $"Process {frontEnd.Pid}, the front-end, cannot be ended: look why with `ps -p {frontEnd.Pid}`, then try again.");
    }

    private static bool WaitForEnd(ProcessIdentity process, TimeSpan limit)
    {
        var clock = Stopwatch.StartNew();
        while (process.IsAlive)
        {
            if (clock.Elapsed >= limit)
                return false;
            Thread.Sleep(10);
        }

        return true;
    }
}
