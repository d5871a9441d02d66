using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Megatux.Linux;

/// <summary>
/// Waits for several descriptors at once on one thread, which another may wake (poll(2)). For few descriptors: each wait costs
/// as much as there are.
/// </summary>
public sealed unsafe partial class Poller : IDisposable
{
    // include/uapi/asm-generic/poll.h; O_CLOEXEC | O_NONBLOCK of include/uapi/asm-generic/fcntl.h.
    private const short CanRead = 1, CanWrite = 4, Ended = 8 | 16 | 32;
    private const int CloseOnExecNonBlocking = 0x80000 | 0x800;

    private readonly SafeFileHandle _wake;
    private readonly List<Watched> _watched = [];
    private Waited[] _waited = [];

    /// <summary>Makes one that watches nothing.</summary>
    /// <exception cref="Win32Exception">There are too many open descriptors.</exception>
    public Poller()
    {
        _wake = EventDescriptor(0, CloseOnExecNonBlocking);
        if (_wake.IsInvalid)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>Has something done, on the waiting thread, whenever a descriptor can be read, or has ended.</summary>
    public void WatchReads(SafeHandle handle, Action ready) => _watched.Add(new Watched(handle, CanRead, ready));

    /// <summary>Has something done, on the waiting thread, whenever a descriptor can be written, or has ended.</summary>
    public void WatchWrites(SafeHandle handle, Action ready) => _watched.Add(new Watched(handle, CanWrite, ready));

    /// <summary>Watches a descriptor no more; to be called before it is closed.</summary>
    public void Forget(SafeHandle handle) => _watched.RemoveAll(watched => watched.Handle == handle);

    /// <summary>Ends the present wait, or the next one. From any thread.</summary>
    public void Wake()
    {
        ulong one = 1;
        _ = Descriptor.TryWrite(_wake, new ReadOnlySpan<byte>(&one, sizeof(ulong)));
    }

    /// <summary>Waits until something can be done, and does it; or until it is woken, or the time is over.</summary>
    /// <param name="limit">How long at most; null for as long as it takes.</param>
    public void Wait(TimeSpan? limit)
    {
        int count = _watched.Count + 1;
        if (_waited.Length < count)
            _waited = new Waited[count + 8];
        _waited[0] = new Waited { Number = (int)_wake.DangerousGetHandle(), Events = CanRead };
        for (int i = 1; i < count; i++)
            _waited[i] = new Waited { Number = (int)_watched[i - 1].Handle.DangerousGetHandle(), Events = _watched[i - 1].Events };
        int milliseconds = limit is { } time ? (int)Math.Clamp(Math.Ceiling(time.TotalMilliseconds), 0, int.MaxValue) : -1;
        fixed (Waited* waited = _waited)
        {
            if (Poll(waited, (nuint)count, milliseconds) <= 0)
                return;
        }

        ulong wakes = 0;
        if (_waited[0].Came != 0)
            _ = Descriptor.TryRead(_wake, new Span<byte>(&wakes, sizeof(ulong)));

        // What is done may watch and forget others.
        Watched[] ready = [.. Enumerable.Range(1, count - 1).Where(i => (_waited[i].Came & (_waited[i].Events | Ended)) != 0).Select(i => _watched[i - 1])];
        foreach (Watched watched in ready)
            if (_watched.Contains(watched))
                watched.Ready();
    }

    /// <inheritdoc/>
    public void Dispose() => _wake.Dispose();

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    private static partial SafeFileHandle EventDescriptor(uint value, int flags);

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(Waited* descriptors, nuint count, int milliseconds);

    private sealed record Watched(SafeHandle Handle, short Events, Action Ready);

    // struct pollfd of include/uapi/asm-generic/poll.h.
    private struct Waited
    {
        public int Number;
        public short Events;
        public short Came;
    }
}
