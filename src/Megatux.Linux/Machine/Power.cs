using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Megatux.Linux;

/// <summary>
/// Ends a machine at once, after writing out what files hold; no process is asked before. In a pid namespace of its own, the
/// namespace ends instead.
/// </summary>
public static partial class Power
{
    // include/uapi/linux/reboot.h: LINUX_REBOOT_CMD_*, which the C library's reboot takes without the magic numbers.
    private const uint OffCommand = 0x4321FEDC, RestartCommand = 0x01234567, HaltCommand = 0xCDEF0123, KernelCommand = 0x45584543;

    /// <summary>Switches it off.</summary>
    /// <exception cref="Win32Exception">Only root may.</exception>
    public static void Off() => Command(OffCommand);

    /// <summary>Starts it anew.</summary>
    /// <exception cref="Win32Exception">Only root may.</exception>
    public static void Restart() => Command(RestartCommand);

    /// <summary>Stops it without switching it off.</summary>
    /// <exception cref="Win32Exception">Only root may.</exception>
    public static void Halt() => Command(HaltCommand);

    /// <summary>Goes on with the kernel that <see cref="NextKernel.Load"/> loaded, without the machine's firmware.</summary>
    /// <exception cref="Win32Exception">None was loaded, or we are not root.</exception>
    public static void StartKernel() => Command(KernelCommand);

    private static void Command(uint command)
    {
        Sync();
        if (Reboot(command) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "sync")]
    private static partial void Sync();

    [LibraryImport("libc", EntryPoint = "reboot", SetLastError = true)]
    private static partial int Reboot(uint command);
}
