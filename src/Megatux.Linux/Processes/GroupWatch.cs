using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Megatux.Linux;

/// <summary>
/// Kills the process groups of our children when we end, be it by SIGKILL. A death signal reaches a child alone; the groups
/// are killed by a watcher, one for all of them, that outlives us by a moment. It is a process without a program: it takes
/// steps (<see cref="StepRunner"/>), which first give up all memory but their own, then wait for the end of a pipe from us,
/// then are one kill for each group. We share those steps with it and write each group into them as it is born; a step of
/// zeros reads nothing from a closed descriptor. The watcher holds two pages and what groups were ever in use.
/// </summary>
internal static unsafe class GroupWatch
{
    // As many groups as are watched; the children beyond have their death signals alone.
    private const int Slots = 16384;

    // Steps before those of the groups.
    private const int FirstGroup = 16;

    // include/uapi/asm-generic/mman-common.h.
    private const int ProtectRead = 1, ProtectWrite = 2, MapShared = 1, MapAnonymous = 0x20;

    // O_CLOEXEC of include/uapi/asm-generic/fcntl.h.
    private const int CloseOnExec = 0x80000;

    // arch/x86/include/asm/page_64_types.h: the first address after a process's own.
    private static readonly nint EndOfMemory = unchecked((nint)0x7FFFFFFFF000);

    // include/uapi/linux/sched.h, and __WALL of include/uapi/linux/wait.h: no signal tells of these children's ends.
    private const ulong CloneVm = 0x100, CloneVfork = 0x4000, ClearSignalHandlers = 0x100000000;
    private const int AnyKind = 0x40000000;

    private static readonly Stack<int> Free = [];
    private static Step* _groups;
    private static int _used;

    /// <summary>Begins to watch over a group. Called by the launcher alone, since the watcher is a child too.</summary>
    /// <returns>Its slot, or -1 if there is none left.</returns>
    internal static int Remember(int group)
    {
        if (_groups == null)
            _groups = Begin();
        lock (Free)
        {
            if (!Free.TryPop(out int slot))
            {
                if (_used == Slots)
                    return -1;
                slot = _used++;
            }

            _groups[slot].Arguments[0] = -group;
            _groups[slot].Arguments[1] = Signals.Kill;
            Volatile.Write(ref _groups[slot].Number, SystemCalls.Kill);
            return slot;
        }
    }

    /// <summary>Ends the watch over a group, before its number can be another's.</summary>
    internal static void Forget(int slot)
    {
        if (slot < 0)
            return;
        lock (Free)
        {
            Volatile.Write(ref _groups[slot].Number, SystemCalls.Read);
            _groups[slot].Arguments[0] = _groups[slot].Arguments[1] = 0;
            Free.Push(slot);
        }
    }

    private static Step* Begin()
    {
        int length = (FirstGroup + Slots + 1) * sizeof(Step);
        nint start = NativeProcesses.Map(0, length, ProtectRead | ProtectWrite, MapShared | MapAnonymous, -1, 0);
        Refuse(start == -1, Marshal.GetLastPInvokeError());
        int* pipe = stackalloc int[2];
        Refuse(NativeFiles.Pipe(pipe, CloseOnExec) != 0, Marshal.GetLastPInvokeError());

        var steps = (Step*)start;
        WritePreparation(new Span<Step>(steps, FirstGroup), pipe[0], start, length);
        steps[FirstGroup + Slots].Number = SystemCalls.ExitGroup;
        int error = Spawn(steps);
        _ = NativeProcesses.Close(pipe[0]);
        // The other end stays open for as long as we live.
        Refuse(error != 0, error);
        return steps + FirstGroup;
    }

    // The watcher is a child's child. The C library has the kernel write into a thread's memory (rseq), which a plain fork
    // inherits and which the watcher gives up; a child that shares our memory has no such thing, nor has its child.
    private static int Spawn(Step* steps)
    {
        StepRunner.Outcome outcome = default;
        var watcher = new StepRunner.CloneArguments { Flags = ClearSignalHandlers };
        ref Step first = ref steps[0];
        first.Number = SystemCalls.Clone3;
        first.Arguments[0] = (nint)(&watcher);
        first.Arguments[1] = sizeof(StepRunner.CloneArguments);
        // The child has the watcher's number here and ends by it; the watcher has 0 and goes on.
        first.FailsOn = Step.AllButZero;
        var arguments = new StepRunner.CloneArguments { Flags = CloneVm | CloneVfork | ClearSignalHandlers };
        int pid = StepRunner.Clone(ref arguments, steps, &outcome);
        if (pid < 0)
            return -pid;
        _ = NativeProcesses.Wait(pid, null, AnyKind, null);
        return outcome.Result < 0 ? (int)-outcome.Result : 0;
    }

    // Failures do not matter: whatever is not given up is held a little longer.
    private static void WritePreparation(Span<Step> steps, int pipe, nint start, int length)
    {
        (nint low, nint lowLength, nint high, nint highLength) = (nint)StepRunner.CodePage < start
            ? ((nint)StepRunner.CodePage, (nint)StepRunner.CodeLength, start, RoundUp(length))
            : (start, RoundUp(length), (nint)StepRunner.CodePage, (nint)StepRunner.CodeLength);
        int count = 1;
        count = Write(steps, count, SystemCalls.Setsid, 0, 0, 0);
        if (pipe > 0)
            count = Write(steps, count, SystemCalls.CloseRange, 0, pipe - 1, 0);
        count = Write(steps, count, SystemCalls.CloseRange, pipe + 1, int.MaxValue, 0);
        count = Write(steps, count, SystemCalls.Munmap, 0, low, 0);
        count = Write(steps, count, SystemCalls.Munmap, low + lowLength, high - low - lowLength, 0);
        count = Write(steps, count, SystemCalls.Munmap, high + highLength, EndOfMemory - high - highLength, 0);
        // A slot's arguments are read after the end of the pipe; no one writes to it.
        count = Write(steps, count, SystemCalls.Read, pipe, start + ((nint)length - sizeof(long)), 1);
        count = Write(steps, count, SystemCalls.CloseRange, 0, int.MaxValue, 0);
        while (count < steps.Length)
            count = Write(steps, count, SystemCalls.Getpid, 0, 0, 0);
    }

    private static int Write(Span<Step> steps, int rank, int number, nint a, nint b, nint c)
    {
        ref Step step = ref steps[rank];
        step.Number = number;
        step.Arguments[0] = a;
        step.Arguments[1] = b;
        step.Arguments[2] = c;
        return rank + 1;
    }

    private static nint RoundUp(int length) => (length + Environment.SystemPageSize - 1) & -Environment.SystemPageSize;

    private static void Refuse(bool failed, int error)
    {
        if (failed)
            throw new Win32Exception(error, $"The groups of children cannot be watched: {Marshal.GetPInvokeErrorMessage(error)}.");
    }
}
