using System.Runtime.InteropServices;

namespace Megatux.Linux;

/// <summary>All processes of a machine but its first, for that one to end them.</summary>
public static partial class AllProcesses
{
    // kill(2): all processes that may be signalled, but the first and the caller.
    private const int Everyone = -1;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    /// <summary>Asks all to end, waits until they have, and kills those that have not done so in time.</summary>
    /// <param name="time">How long they may take.</param>
    public static void End(TimeSpan time)
    {
        long until = Environment.TickCount64 + (long)time.TotalMilliseconds;
        _ = Kill(Everyone, Signals.Terminate);

        // A process that was stopped learns of it when it goes on.
        _ = Kill(Everyone, Signals.Continue);
        while (IsAnyLeft() && Environment.TickCount64 < until)
        {
            ChildReaper.ReapOrphans();
            Thread.Sleep(Look);
        }

        _ = Kill(Everyone, Signals.Kill);
    }

    // proc(5): threads of the kernel, and processes that have ended, have no program.
    private static bool IsAnyLeft()
    {
        foreach (string process in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(process.AsSpan()), out int number) && number != Environment.ProcessId
                && new FileInfo(Path.Combine(process, "exe")).LinkTarget is not null)
                return true;
        }

        return false;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
