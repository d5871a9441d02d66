using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Megatux.Linux;

/// <summary>The kernel that a machine goes on with when it is told to (kexec).</summary>
public static partial class NextKernel
{
    // arch/x86/entry/syscalls/syscall_64.tbl, include/uapi/asm-generic/unistd.h: the C library has no function for it.
    private static readonly nint FileLoad = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 294 : 320;

    /// <summary>Loads a kernel, in place of one that was loaded before. <see cref="Power.StartKernel"/> starts it.</summary>
    /// <param name="kernel">Path of the kernel.</param>
    /// <param name="initrd">Path of its initramfs, one file.</param>
    /// <param name="commandLine">Its command line.</param>
    /// <exception cref="Win32Exception">The kernel that runs cannot or may not load it, there is too little memory, or we are not root.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static void Load(string kernel, string initrd, string commandLine)
    {
        ArgumentNullException.ThrowIfNull(commandLine);
        using SafeFileHandle kernelFile = File.OpenHandle(kernel), initrdFile = File.OpenHandle(initrd);

        // Its length counts the NUL at its end.
        byte[] words = Encoding.UTF8.GetBytes(commandLine + '\0');
        if (Call(FileLoad, kernelFile.DangerousGetHandle(), initrdFile.DangerousGetHandle(), words.Length, words, 0) == 0)
            return;
        int error = Marshal.GetLastPInvokeError();
        throw new Win32Exception(error, $"The kernel {kernel} cannot be loaded: {Marshal.GetPInvokeErrorMessage(error)}.");
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Call(nint number, nint kernel, nint initrd, nint length, byte[] commandLine, nuint flags);
}
