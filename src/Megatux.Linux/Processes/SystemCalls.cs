namespace Megatux.Linux;

/// <summary>Numbers of system calls on x86-64 (arch/x86/entry/syscalls/syscall_64.tbl).</summary>
internal static class SystemCalls
{
    internal const int
        Read = 0, Poll = 7, Munmap = 11, RtSigaction = 13, RtSigprocmask = 14, Ioctl = 16, Getpid = 39, Execve = 59, Kill = 62, Chdir = 80, Fchdir = 81,
        Umask = 95, Setpgid = 109, Setsid = 112, Setgroups = 116, Setresuid = 117, Setresgid = 119, Capset = 126, Personality = 135, PivotRoot = 155, Prctl = 157, Chroot = 161,
        Mount = 165, Umount2 = 166, Sethostname = 170, ExitGroup = 231, Openat = 257, Mkdirat = 258, Mknodat = 259,
        Symlinkat = 266, Dup3 = 292, Prlimit64 = 302, Setns = 308, FinitModule = 313, PidfdSendSignal = 424, PidfdOpen = 434,
        Clone3 = 435, CloseRange = 436;
}
