using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Megatux.Linux;

/// <summary>The C library's calls that move datagrams, many at once or one, and what they take. Sizes are those of 64-bit Linux.</summary>
internal static unsafe partial class NativeSockets
{
    /// <summary>MSG_WAITFORONE of include/linux/socket.h: wait for the first datagram only.</summary>
    internal const int WaitForOne = 0x10000;

    /// <summary>MSG_TRUNC of include/linux/socket.h: the datagram was longer than the room for it.</summary>
    internal const int Cut = 0x20;

    /// <summary>EINTR of include/uapi/asm-generic/errno-base.h.</summary>
    internal const int Interrupted = 4;

    [LibraryImport("libc", EntryPoint = "recvmmsg", SetLastError = true)]
    internal static partial int Receive(int socket, Message* messages, uint count, int flags, void* timeout);

    [LibraryImport("libc", EntryPoint = "sendmmsg", SetLastError = true)]
    internal static partial int Send(int socket, Message* messages, uint count, int flags);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    internal static partial int Connect(SafeFileHandle socket, byte* address, uint length);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    internal static partial nint Send(SafeFileHandle socket, byte* data, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    internal static partial nint Receive(SafeFileHandle socket, byte* data, nuint length, int flags);

    /// <summary>struct iovec of include/uapi/linux/uio.h.</summary>
    internal struct Part
    {
        public byte* Bytes;
        public nuint Length;
    }

    /// <summary>struct mmsghdr: a struct user_msghdr of include/linux/socket.h, and how many bytes it came to.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 64)]
    internal struct Message
    {
        [FieldOffset(0)]
        public byte* Name;

        [FieldOffset(8)]
        public int NameLength;

        [FieldOffset(16)]
        public Part* Parts;

        [FieldOffset(24)]
        public nuint PartCount;

        [FieldOffset(32)]
        public byte* Control;

        [FieldOffset(40)]
        public nuint ControlLength;

        [FieldOffset(48)]
        public int Flags;

        [FieldOffset(56)]
        public uint Transferred;
    }
}
