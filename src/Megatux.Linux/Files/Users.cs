using System.Runtime.InteropServices;

namespace Megatux.Linux;

/// <summary>Users of the machine.</summary>
public static partial class Users
{
    /// <summary>The number of the user that this process acts as.</summary>
    public static uint Own => NativeOwn();

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint NativeOwn();
}
