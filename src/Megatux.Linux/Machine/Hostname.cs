using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Megatux.Linux;

/// <summary>The name of the machine.</summary>
public static partial class Hostname
{
    // proc(5).
    private const string CurrentName = "/proc/sys/kernel/hostname";

    /// <summary>What it is now, with all of its dots; null where /proc does not say.</summary>
    public static string? Get() => File.Exists(CurrentName) ? File.ReadAllText(CurrentName).TrimEnd('\n') : null;

    /// <summary>Sets it.</summary>
    /// <param name="name">Up to 64 bytes of UTF-8.</param>
    /// <exception cref="Win32Exception">It is too long, or we are not root.</exception>
    public static void Set(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (NativeSet(name, (nuint)Encoding.UTF8.GetByteCount(name)) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            throw new Win32Exception(error, $"The host name cannot be \"{name}\": {Marshal.GetPInvokeErrorMessage(error)}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "sethostname", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeSet(string name, nuint length);
}
