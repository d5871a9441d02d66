using System.Runtime.InteropServices;

namespace Megatux.Linux;

/// <summary>The C library's calls about processes and memory.</summary>
internal static unsafe partial class NativeProcesses
{
    /// <summary>struct rusage as 64-bit machines have it (include/uapi/linux/resource.h); times in seconds and microseconds.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 144)]
    internal struct ResourceUsage
    {
        [FieldOffset(0)] internal long UserSeconds;
        [FieldOffset(8)] internal long UserMicroseconds;
        [FieldOffset(16)] internal long SystemSeconds;
        [FieldOffset(24)] internal long SystemMicroseconds;
        [FieldOffset(32)] internal long MaxResidentKilobytes;
    }

    /// <summary>struct epoll_event, which is packed on x86-64 alone (include/uapi/linux/eventpoll.h).</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    internal struct PollEvent
    {
        internal uint Events;
        internal long Data;
    }

    /// <summary>struct siginfo_t of waitid, of which we read the process number; it begins with four words on 64-bit machines (include/uapi/asm-generic/siginfo.h).</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    internal struct SignalInformation
    {
        [FieldOffset(16)] internal int Pid;
    }

    // "syscall" takes its arguments in registers as any other function of this signature does.
    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    internal static partial nint SystemCall(nint number, nint a = 0, nint b = 0, nint c = 0, nint d = 0, nint e = 0, nint f = 0);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    internal static partial nint Map(nint address, nint length, int protection, int flags, int descriptor, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    internal static partial int Protect(nint address, nint length, int protection);

    [LibraryImport("libc", EntryPoint = "wait4", SetLastError = true)]
    internal static partial int Wait(int pid, int* status, int options, ResourceUsage* usage);

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    internal static partial int WaitAny(int kind, int id, SignalInformation* information, int options);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    internal static partial int PollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    internal static partial int PollControl(int poll, int operation, int descriptor, PollEvent* change);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    internal static partial int PollWait(int poll, PollEvent* events, int count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    internal static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "personality", SetLastError = true)]
    internal static partial int Personality(uint persona);

    [LibraryImport("libc", EntryPoint = "sigaction", SetLastError = true)]
    internal static partial int SignalAction(int signal, void* action, void* before);

    [LibraryImport("libc", EntryPoint = "close")]
    internal static partial int Close(int descriptor);
}
