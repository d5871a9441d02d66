using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Megatux.Linux;

/// <summary>
/// Notices the ends of all children on one thread, which sleeps in the kernel. Waits for each child by its number only, so
/// that children of System.Diagnostics.Process are left to it.
/// </summary>
public static unsafe class ChildReaper
{
    // include/uapi/linux/wait.h, and P_ALL of waitid(2).
    private const int NoHang = 1, Exited = 4, All = 0x40000000, NoWait = 0x01000000, AnyChild = 0;

    // include/uapi/linux/eventpoll.h.
    private const int CloseOnExec = 0x80000, AddDescriptor = 1, RemoveDescriptor = 2, EventCount = 64;
    private const uint Readable = 1;

    private const int NoChild = 10; // ECHILD

    // struct sigaction of the C library is smaller on every architecture.
    private const int SignalActionRoom = 256;

    // A zombie holds a process number and little else, so it can wait.
    private static readonly TimeSpan OrphanInterval = TimeSpan.FromMilliseconds(500);

    private static readonly Dictionary<int, ChildProcess> Children = [];
    private static readonly int Poll = Begin();

    /// <summary>
    /// Waits for every ended child that this class did not start, which is the duty of the first process of a machine or
    /// container: processes whose parents ended become its children. Call it now and then. Not for a program
    /// that uses System.Diagnostics.Process too, whose children would look like orphans.
    /// </summary>
    /// <returns>How many there were.</returns>
    public static int ReapOrphans()
    {
        int count = 0;
        NativeProcesses.SignalInformation found;
        // Whatever is being started is either known or not yet born while the launcher's lock is ours.
        lock (Launcher.Births)
            lock (Children)
            {
                while (true)
                {
                    found = default;
                    if (NativeProcesses.WaitAny(AnyChild, 0, &found, Exited | NoHang | NoWait | All) != 0 || found.Pid == 0)
                        return count;
                    if (Children.TryGetValue(found.Pid, out ChildProcess? child))
                        TryReap(child);
                    else if (NativeProcesses.Wait(found.Pid, null, NoHang | All, null) == found.Pid)
                        count++;
                    else
                        return count;
                }
            }
    }

    /// <summary>
    /// Calls <see cref="ReapOrphans"/> twice a second until disposed. Takes SIGCHLD from the runtime, which would wait for any
    /// child itself when it is process 1, ours among them; so use neither System.Diagnostics.Process nor a registration of
    /// that signal in such a program.
    /// </summary>
    public static IDisposable ReapOrphansContinuously()
    {
        DefaultAction();
        var reaping = new Reaping();
        new Thread(reaping.Run) { IsBackground = true, Name = "orphans" }.Start();
        return reaping;
    }

    internal static void Add(ChildProcess child)
    {
        lock (Children)
            Children.Add(child.Pid, child);
        var wanted = new NativeProcesses.PollEvent { Events = Readable, Data = child.Pid };
        // The number cannot be missing: the handle is new and no one else has it yet.
        if (NativeProcesses.PollControl(Poll, AddDescriptor, (int)child.Handle.DangerousGetHandle(), &wanted) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "A child cannot be watched.");
    }

    /// <summary>The handle is needed until the child is reaped; it is closed then, or now.</summary>
    internal static void Release(ChildProcess child)
    {
        lock (Children)
            child.Release();
    }

    /// <summary>Signals the group of a child whose number cannot be another's.</summary>
    internal static void SignalUnreaped(ChildProcess child, int signal)
    {
        lock (Children)
            if (!child.IsReaped)
                _ = NativeProcesses.Kill(-child.Pid, signal);
    }

    private static int Begin()
    {
        NotIgnored();
        int poll = NativeProcesses.PollCreate(CloseOnExec);
        if (poll < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "Children cannot be watched.");
        new Thread(() => Run(poll)) { IsBackground = true, Name = "children" }.Start();
        return poll;
    }

    // A parent may have left us SIGCHLD ignored, and then the kernel forgets each child's end.
    private static void NotIgnored()
    {
        byte* action = stackalloc byte[SignalActionRoom];
        new Span<byte>(action, SignalActionRoom).Clear();
        if (NativeProcesses.SignalAction(Signals.Child, null, action) == 0 && *(nint*)action == 1)
            DefaultAction();
    }

    private static void DefaultAction()
    {
        byte* action = stackalloc byte[SignalActionRoom];
        new Span<byte>(action, SignalActionRoom).Clear();
        _ = NativeProcesses.SignalAction(Signals.Child, action, null);
    }

    private static void Run(int poll)
    {
        NativeProcesses.PollEvent* events = stackalloc NativeProcesses.PollEvent[EventCount];
        while (true)
        {
            int count = NativeProcesses.PollWait(poll, events, EventCount, -1);
            lock (Children)
                for (int i = 0; i < count; i++)
                    if (Children.TryGetValue((int)events[i].Data, out ChildProcess? child))
                        TryReap(child);
        }
    }

    private static void TryReap(ChildProcess child)
    {
        // An ended child keeps its number, and so its group's, until it is waited for.
        NativeProcesses.SignalInformation ended = default;
        if (child.GroupEndsWithIt
            && NativeProcesses.WaitAny(1, child.Pid, &ended, Exited | NoHang | NoWait | All) == 0 && ended.Pid == child.Pid)
            _ = NativeProcesses.Kill(-child.Pid, Signals.Kill);
        int status;
        NativeProcesses.ResourceUsage usage;
        int result = NativeProcesses.Wait(child.Pid, &status, NoHang | All, &usage);
        int error = result < 0 ? Marshal.GetLastPInvokeError() : 0;
        if (result != child.Pid && error != NoChild)
            return;

        Children.Remove(child.Pid);
        GroupWatch.Forget(child.WatchSlot);
        _ = NativeProcesses.PollControl(Poll, RemoveDescriptor, (int)child.Handle.DangerousGetHandle(), null);
        if (result == child.Pid)
            child.Complete(ExitStatus.From(status, usage));
        else
            child.Lose(new IOException($"Process {child.Pid} was waited for by something else in this program."));
    }

    /// <summary>
    /// A thread that mostly sleeps. A timer would wake three threads, which look for more work for a while: a thousand containers
    /// that do nothing took two thirds of a processor so.
    /// </summary>
    private sealed class Reaping : IDisposable
    {
        private volatile bool _isOver;

        public void Dispose() => _isOver = true;

        internal void Run()
        {
            while (!_isOver)
            {
                // Parts of the runtime that are used for the first time later may take the signal again: its Console does.
                DefaultAction();
                ReapOrphans();
                Thread.Sleep(OrphanInterval);
            }
        }
    }
}
