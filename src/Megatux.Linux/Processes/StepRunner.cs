using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Megatux.Linux;

/// <summary>
/// Makes a child that takes a list of system calls, one after the other. No managed code, no C library and no stack
/// works in the child: after fork in a program of many threads any lock may be held for ever, and a runtime that
/// collects garbage knows nothing of a second process in its memory. So the child runs 100 bytes of machine code that
/// only load registers and enter the kernel. They are the same under the JIT and in a static executable, need no second
/// program, and the child shares our memory until it executes its program (CLONE_VM and CLONE_VFORK), so that starting
/// is as cheap from a large process as from a small one, and a failure is told by writing it into our memory.
/// </summary>
internal static unsafe class StepRunner
{
    /// <summary>Where a step's failure is told.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Outcome
    {
        internal long Result;
        internal Step* Step;
    }

    /// <summary>struct clone_args of include/uapi/linux/sched.h, as of its second version (CLONE_ARGS_SIZE_VER1).</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct CloneArguments
    {
        internal ulong Flags, PidFd, ChildTid, ParentTid, ExitSignal, Stack, StackSize, Tls, SetTid, SetTidSize;
    }

    // include/uapi/asm-generic/mman-common.h.
    private const int ProtectRead = 1, ProtectWrite = 2, ProtectExecute = 4, MapPrivate = 2, MapAnonymous = 0x20;

    /// <summary>The code lies on a page of its own.</summary>
    internal const int CodeLength = 4096;

    private const int SignalSetLength = 8, SetMask = 2;

    private static readonly byte* Code = Install();

    // long clone(CloneArguments* rdi, long size rsi, Step* rdx, Outcome* rcx). The child uses no stack: it has the parent's.
    private static ReadOnlySpan<byte> Instructions =>
    [
        0x49, 0x89, 0xD0,                         // mov  r8, rdx
        0x49, 0x89, 0xC9,                         // mov  r9, rcx           (syscall spoils rcx and r11)
        0xB8, 0xB3, 0x01, 0x00, 0x00,             // mov  eax, 435          (clone3)
        0x0F, 0x05,                               // syscall
        0x48, 0x85, 0xC0,                         // test rax, rax
        0x74, 0x01,                               // jz   child
        0xC3,                                     // ret                    (the parent: pid or -errno)
        0x4C, 0x89, 0xC3,                         // child: mov rbx, r8     (the step)
        0x4C, 0x89, 0xCD,                         // mov  rbp, r9           (the outcome)
        0x48, 0x8B, 0x03,                         // step: mov rax, [rbx]
        0x48, 0x8B, 0x7B, 0x08,                   // mov  rdi, [rbx+8]
        0x48, 0x8B, 0x73, 0x10,                   // mov  rsi, [rbx+16]
        0x48, 0x8B, 0x53, 0x18,                   // mov  rdx, [rbx+24]
        0x4C, 0x8B, 0x53, 0x20,                   // mov  r10, [rbx+32]
        0x4C, 0x8B, 0x43, 0x28,                   // mov  r8, [rbx+40]
        0x4C, 0x8B, 0x4B, 0x30,                   // mov  r9, [rbx+48]
        0x0F, 0x05,                               // syscall
        0x48, 0x8B, 0x4B, 0x40,                   // mov  rcx, [rbx+64]     (Result)
        0x48, 0x85, 0xC9,                         // test rcx, rcx
        0x74, 0x03,                               // jz   judge
        0x48, 0x89, 0x01,                         // mov  [rcx], rax
        0x48, 0x85, 0x43, 0x38,                   // judge: test [rbx+56], rax  (FailsOn)
        0x75, 0x06,                               // jnz  failed
        0x48, 0x83, 0xC3, 0x48,                   // add  rbx, 72
        0xEB, 0xCB,                               // jmp  step
        0x48, 0x89, 0x45, 0x00,                   // failed: mov [rbp], rax
        0x48, 0x89, 0x5D, 0x08,                   // mov  [rbp+8], rbx
        0xBF, 0x7F, 0x00, 0x00, 0x00,             // mov  edi, 127
        0xB8, 0xE7, 0x00, 0x00, 0x00,             // mov  eax, 231          (exit_group)
        0x0F, 0x05,                               // syscall
        0x0F, 0x0B,                               // ud2
    ];

    /// <summary>The page that a child which gives up all other memory must keep.</summary>
    internal static byte* CodePage => Code;

    /// <summary>Makes a child that takes the steps, with every signal blocked.</summary>
    /// <returns>The child's number, or an error's number, negative.</returns>
    internal static int Clone(ref CloneArguments arguments, Step* steps, Outcome* outcome)
    {
        ulong all = ulong.MaxValue, before;
        // A handler that ran in the child would do so on our stack, beneath us. The C library's own call leaves out two signals.
        NativeProcesses.SystemCall(SystemCalls.RtSigprocmask, SetMask, (nint)(&all), (nint)(&before), SignalSetLength);
        long result;
        fixed (CloneArguments* pointer = &arguments)
            result = ((delegate* unmanaged<CloneArguments*, long, Step*, Outcome*, long>)Code)(pointer, sizeof(CloneArguments), steps, outcome);
        NativeProcesses.SystemCall(SystemCalls.RtSigprocmask, SetMask, (nint)(&before), 0, SignalSetLength);
        return (int)result;
    }

    private static byte* Install()
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
            throw new PlatformNotSupportedException("Children are started with machine code, which exists for x86-64 alone.");

        nint page = NativeProcesses.Map(0, CodeLength, ProtectRead | ProtectWrite, MapPrivate | MapAnonymous, -1, 0);
        if (page == -1)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "A page for machine code cannot be had.");

        Instructions.CopyTo(new Span<byte>((void*)page, CodeLength));
        if (NativeProcesses.Protect(page, CodeLength, ProtectRead | ProtectExecute) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "Memory cannot be made executable.");
        return (byte*)page;
    }
}
