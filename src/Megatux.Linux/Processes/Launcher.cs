using System.Collections.Concurrent;
using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Megatux.Linux;

/// <summary>
/// Starts all children on one thread that lives as long as the process: a child's death signal comes when the thread that
/// made it ends. The thread sleeps while a child takes its steps, so that starts follow one another.
/// </summary>
internal static unsafe class Launcher
{
    // include/uapi/linux/sched.h. The child's signal handlers are reset, and our memory is its own until it executes.
    private const ulong CloneVm = 0x100, ClonePidfd = 0x1000, CloneVfork = 0x4000, ClearSignalHandlers = 0x100000000;

    private const int Wait = 0x40000000; // __WALL of include/uapi/linux/wait.h

    private static readonly BlockingCollection<Action> Orders = Begin();
    private static int _ourselves = -1;

    /// <summary>Held while there is a child that <see cref="ChildReaper"/> does not know yet.</summary>
    internal static Lock Births { get; } = new();

    internal static ChildProcess Start(ChildStart start)
    {
        using var plan = new StartPlan(start);
        return OnThread(() => Launch(start, plan));
    }

    /// <summary>Makes a child that only ends, with these flags of clone.</summary>
    /// <returns>An error's number, 0 if it works.</returns>
    internal static int Try(ulong flags)
    {
        using var steps = new StepList();
        steps.AddLenient(SystemCalls.ExitGroup, 0);
        return OnThread(() =>
        {
            lock (Births)
            {
                StepRunner.Outcome outcome;
                var arguments = new StepRunner.CloneArguments { Flags = CloneVm | CloneVfork | ClearSignalHandlers | flags, ExitSignal = 0 };
                int pid = StepRunner.Clone(ref arguments, steps.Finish(), &outcome);
                if (pid > 0)
                    _ = NativeProcesses.Wait(pid, null, Wait, null);
                return pid < 0 ? -pid : 0;
            }
        });
    }

    private static ChildProcess Launch(ChildStart start, StartPlan plan)
    {
        lock (Births)
        {
            StepRunner.Outcome outcome = default;
            int handle = -1;
            var arguments = new StepRunner.CloneArguments
            {
                Flags = CloneVm | CloneVfork | ClonePidfd | ClearSignalHandlers | plan.Namespaces,
                PidFd = (ulong)&handle,
                ExitSignal = Signals.Child,
            };
            Step* steps = plan.Finish(Ourselves());
            int pid = StepRunner.Clone(ref arguments, steps, &outcome);
            if (pid < 0)
                throw Failure(start, "no process can be made", null, -pid);

            var owned = new SafeFileHandle(handle, ownsHandle: true);
            if (outcome.Step != null)
            {
                _ = NativeProcesses.Wait(pid, null, Wait, null);
                owned.Dispose();
                (string action, string? subject) = plan.Meaning(outcome.Step);
                throw Failure(start, action, subject, (int)-outcome.Result);
            }

            return Watch(start, pid, owned);
        }
    }

    private static ChildProcess Watch(ChildStart start, int pid, SafeFileHandle handle)
    {
        bool endsTogether = start.Container is { } container && container.Namespaces.HasFlag(Namespaces.Process);
        var child = new ChildProcess(pid, handle, start.GroupEndsWithIt, start.DiesWithParent && !endsTogether ? GroupWatch.Remember(pid) : -1);
        ChildReaper.Add(child);
        return child;
    }

    private static Win32Exception Failure(ChildStart start, string action, string? subject, int error)
    {
        string about = subject is null || subject == start.Program ? action : $"{action}: {subject}";
        return new Win32Exception(error, $"{start.Program} cannot be started: {about}: {Marshal.GetPInvokeErrorMessage(error)}.");
    }

    // A child asks through this whether we ended before its death signal was arranged.
    private static int Ourselves()
    {
        if (_ourselves < 0)
            _ourselves = (int)NativeProcesses.SystemCall(SystemCalls.PidfdOpen, Environment.ProcessId);
        return _ourselves >= 0 ? _ourselves : throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    private static BlockingCollection<Action> Begin()
    {
        var orders = new BlockingCollection<Action>();
        new Thread(() =>
        {
            foreach (Action order in orders.GetConsumingEnumerable())
                order();
        })
        { IsBackground = true, Name = "launcher" }.Start();
        return orders;
    }

    private static T OnThread<T>(Func<T> order)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Orders.Add(() =>
        {
            try
            {
                result.SetResult(order());
            }
#pragma warning disable CA1031 // Whatever it is, it is thrown to the caller.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                result.SetException(failure);
            }
        });
        return result.Task.GetAwaiter().GetResult();
    }
}
