using System.Runtime.InteropServices;

namespace Megatux.Linux;

/// <summary>Reading and writing of pipes and sockets without waiting.</summary>
public static unsafe partial class Descriptor
{
    /// <summary>What <see cref="TryRead"/> and <see cref="TryWrite"/> return when the other end has to do something first.</summary>
    public const int WouldWait = -1;

    // include/uapi/asm-generic/fcntl.h and errno-base.h.
    private const int GetFlags = 3, SetFlags = 4, NonBlocking = 0x800, Again = 11, Interrupted = 4;

    /// <summary>Lets neither reads nor writes wait from now on; the other end is as it was.</summary>
    public static void SetNonBlocking(SafeHandle handle)
    {
        ArgumentNullException.ThrowIfNull(handle);
        _ = Control(handle, SetFlags, Control(handle, GetFlags, 0) | NonBlocking);
    }

    /// <summary>Reads what there is.</summary>
    /// <returns>How many bytes; 0 at the end, as when the other end is gone; <see cref="WouldWait"/> when there is nothing yet.</returns>
    public static int TryRead(SafeHandle handle, Span<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            int read;
            do
                read = (int)Read(handle, bytes, (nuint)buffer.Length);
            while (read < 0 && Marshal.GetLastPInvokeError() == Interrupted);
            return read >= 0 ? read : Marshal.GetLastPInvokeError() == Again ? WouldWait : 0;
        }
    }

    /// <summary>Writes what there is room for.</summary>
    /// <returns>How many bytes; 0 when nobody reads any more; <see cref="WouldWait"/> when there is no room.</returns>
    public static int TryWrite(SafeHandle handle, ReadOnlySpan<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            int written;
            do
                written = (int)Write(handle, bytes, (nuint)buffer.Length);
            while (written < 0 && Marshal.GetLastPInvokeError() == Interrupted);
            return written >= 0 ? written : Marshal.GetLastPInvokeError() == Again ? WouldWait : 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeHandle handle, int command, int argument);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(SafeHandle handle, byte* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeHandle handle, byte* buffer, nuint length);
}
