using System.Runtime.InteropServices;

namespace Megatux.Linux;

/// <summary>How the kernel lays out the memory of programs.</summary>
public static partial class AddressSpace
{
    // include/uapi/linux/personality.h: the flag, and the value that only asks.
    private const uint NoRandomization = 0x0040000;
    private const uint Query = 0xFFFFFFFF;

    /// <summary>
    /// Programs that the calling thread starts from now on lie at the same addresses each time. Other threads of the
    /// process are as before: Linux keeps this by thread.
    /// </summary>
    /// <exception cref="IOException">The kernel refuses, as the system call filter of some containers makes it do.</exception>
    public static void DisableRandomization()
    {
        int now = Personality(Query);
        if (now < 0 || Personality((uint)now | NoRandomization) < 0)
            throw new IOException($"personality: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
    }

    [LibraryImport("libc", EntryPoint = "personality", SetLastError = true)]
    private static partial int Personality(uint persona);
}
