using Microsoft.Win32.SafeHandles;

namespace Megatux.Linux;

/// <summary>
/// A child of this process. Letting go of it kills it, with its group: whoever wants it to end by itself awaits
/// <see cref="Exit"/> first.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable, IDisposable
{
    // include/uapi/linux/pidfd.h: the signal goes to the process group of that number. Linux 6.9 knows it.
    private const int WholeGroup = 4;

    private readonly TaskCompletionSource<ExitStatus> _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isReleased;

    internal ChildProcess(int pid, SafeFileHandle handle, bool groupEndsWithIt, int watchSlot)
    {
        Pid = pid;
        Handle = handle;
        GroupEndsWithIt = groupEndsWithIt;
        WatchSlot = watchSlot;
    }

    /// <summary>Its number as we see it.</summary>
    public int Pid { get; }

    /// <summary>Its end. Faults only if something else in this process waits for children that are not its own.</summary>
    public Task<ExitStatus> Exit => _exit.Task;

    /// <summary>The pidfd, which never means another process.</summary>
    internal SafeFileHandle Handle { get; }

    internal bool GroupEndsWithIt { get; }

    /// <summary>Its place in the list of the group watch, or -1.</summary>
    internal int WatchSlot { get; }

    /// <summary>True once its number may be another process's. Guarded by the lock of <see cref="ChildReaper"/>.</summary>
    internal bool IsReaped { get; private set; }

    /// <summary>Starts a child. Returns when its program is running.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">
    /// It cannot be started; tells the program, what could not be done and why, and has the error's number.
    /// </exception>
    /// <exception cref="ArgumentException">The start contradicts itself.</exception>
    public static ChildProcess Start(ChildStart start)
    {
        ArgumentNullException.ThrowIfNull(start);
        return Launcher.Start(start);
    }

    /// <summary>Sends it a signal, 1 to 64. Does nothing if it has ended.</summary>
    public void Signal(int signal)
    {
        if (!Exit.IsCompleted)
            Send(signal, 0);
    }

    /// <summary>
    /// Sends a signal to its process group. Where Linux is older than 6.9 and the child has ended, nothing is sent, since the
    /// group's number may be another's.
    /// </summary>
    public void SignalGroup(int signal)
    {
        if (!Send(signal, WholeGroup))
            ChildReaper.SignalUnreaped(this, signal);
    }

    /// <summary>Kills it, if it still runs, with its group. It is reaped as soon as it has ended.</summary>
    public void Dispose()
    {
        if (!Exit.IsCompleted)
            SignalGroup(Signals.Kill);
        ChildReaper.Release(this);
    }

    /// <summary>Kills it, if it still runs, with its group, and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        Dispose();
        await ((Task)Exit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Called under the lock of <see cref="ChildReaper"/>, as the two below are.</summary>
    internal void Release()
    {
        _isReleased = true;
        if (IsReaped)
            Handle.Dispose();
    }

    internal void Complete(ExitStatus status)
    {
        IsReaped = true;
        if (_isReleased)
            Handle.Dispose();
        _exit.TrySetResult(status);
    }

    internal void Lose(Exception reason)
    {
        IsReaped = true;
        if (_isReleased)
            Handle.Dispose();
        _exit.TrySetException(reason);
        _ = _exit.Task.Exception;
    }

    private bool Send(int signal, int flags)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(signal, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(signal, 64);
        if (Handle.IsClosed)
            return true;

        bool held = false;
        try
        {
            Handle.DangerousAddRef(ref held);
            return NativeProcesses.SystemCall(SystemCalls.PidfdSendSignal, Handle.DangerousGetHandle(), signal, 0, flags) == 0;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
        finally
        {
            if (held)
                Handle.DangerousRelease();
        }
    }
}
