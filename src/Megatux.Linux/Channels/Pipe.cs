using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Megatux.Linux;

/// <summary>Pipes that no child inherits unless it is given an end.</summary>
public static unsafe class Pipe
{
    private const int CloseOnExec = 0x80000; // O_CLOEXEC of include/uapi/asm-generic/fcntl.h

    /// <summary>Makes a pipe.</summary>
    /// <exception cref="Win32Exception">There are too many open descriptors.</exception>
    public static (SafeFileHandle Reader, SafeFileHandle Writer) Create()
    {
        int* ends = stackalloc int[2];
        return NativeFiles.Pipe(ends, CloseOnExec) == 0
            ? (new SafeFileHandle(ends[0], ownsHandle: true), new SafeFileHandle(ends[1], ownsHandle: true))
            : throw new Win32Exception(Marshal.GetLastPInvokeError(), "No pipe can be made.");
    }
}
