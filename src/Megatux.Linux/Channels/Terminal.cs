using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Megatux.Linux;

/// <summary>Terminals as byte channels.</summary>
public static unsafe partial class Terminal
{
    private const int Now = 0; // TCSANOW

    // struct termios of the C library is 60 bytes; there is room for any.
    private const int SettingsRoom = 256;

    /// <summary>True if it is a terminal, and not another device or file.</summary>
    public static bool Is(SafeHandle file)
    {
        ArgumentNullException.ThrowIfNull(file);
        byte* settings = stackalloc byte[SettingsRoom];
        return Get(file, settings) == 0;
    }

    /// <summary>Lets every byte through as it is, in both directions: no echo, lines, signals or changed line ends.</summary>
    /// <param name="terminal">A terminal.</param>
    /// <exception cref="Win32Exception">It is no terminal.</exception>
    public static void SetRaw(SafeHandle terminal)
    {
        ArgumentNullException.ThrowIfNull(terminal);
        byte* settings = stackalloc byte[SettingsRoom];
        int result = Get(terminal, settings);
        if (result == 0)
        {
            MakeRaw(settings);
            result = Set(terminal, Now, settings);
        }

        if (result != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    private static partial int Get(SafeHandle terminal, byte* settings);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void MakeRaw(byte* settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    private static partial int Set(SafeHandle terminal, int when, byte* settings);
}
