using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Megatux.Linux;

/// <summary>The C library's calls about sockets, namespaces and tap devices.</summary>
internal static unsafe partial class NativeNetwork
{
    // include/uapi/asm-generic/errno-base.h and errno.h.
    internal const int NotPermitted = 1, Interrupted = 4, TryAgain = 11, NoAccess = 13, NoSuchDevice = 19, NoBufferSpace = 105;

    /// <summary>AF_NETLINK.</summary>
    internal const ushort AddressFamilyNetlink = 16;

    /// <summary>SOCK_RAW | SOCK_CLOEXEC.</summary>
    internal const int RawSocket = 3 | 0x80000;

    /// <summary>NETLINK_ROUTE.</summary>
    internal const int RouteProtocol = 0;

    // include/uapi/asm-generic/socket.h.
    internal const int SocketLevel = 1, ReceiveBuffer = 8, ReceiveBufferForce = 33;

    // include/uapi/linux/netlink.h and SOL_NETLINK of include/linux/socket.h.
    internal const int NetlinkLevel = 270, CappedAcknowledgements = 10, ExtendedAcknowledgements = 11;

    // include/linux/socket.h.
    internal const int TellFullLength = 0x20, DoNotWait = 0x40;

    // O_RDWR, O_CLOEXEC.
    internal const int ReadOnly = 0, ReadWrite = 2, CloseOnExec = 0x80000;

    /// <summary>CLONE_NEWNET.</summary>
    internal const int NewNetworkNamespace = 0x40000000;

    /// <summary>The error of the last call that the thread made, as .NET's exceptions tell it.</summary>
    /// <param name="what">What the call was about.</param>
    internal static Exception Failure(string what)
    {
        int error = Marshal.GetLastPInvokeError();
        string message = $"{what}: {Marshal.GetPInvokeErrorMessage(error)}";
        return error is NotPermitted or NoAccess ? new UnauthorizedAccessException(message) : new IOException(message, error);
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    internal static partial SafeFileHandle Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    internal static partial int SetOption(SafeFileHandle socket, int level, int option, int* value, uint length);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    internal static partial int GetOption(SafeFileHandle socket, int level, int option, int* value, uint* length);

    [LibraryImport("libc", EntryPoint = "sendto", SetLastError = true)]
    internal static partial nint Send(
        SafeFileHandle socket, byte* data, nuint length, int flags, NetlinkAddress* to, uint addressLength);

    [LibraryImport("libc", EntryPoint = "recvfrom", SetLastError = true)]
    internal static partial nint Receive(
        SafeFileHandle socket, byte* data, nuint length, int flags, NetlinkAddress* from, uint* addressLength);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    internal static partial int Control(SafeFileHandle file, nuint request, nint argument);

    [LibraryImport("libc", EntryPoint = "unshare", SetLastError = true)]
    internal static partial int Unshare(int flags);

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    internal static partial int EnterNamespace(SafeFileHandle file, int kind);
}
