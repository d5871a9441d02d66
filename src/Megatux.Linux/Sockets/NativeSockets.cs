using System.Runtime.InteropServices;

namespace Megatux.Linux;

/// <summary>The C library's calls that move many datagrams at once, and what they take. Sizes are those of 64-bit Linux.</summary>
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

    /// <summary>struct iovec of include/uapi/linux/uio.h.</summary>
    internal struct Part
    {
        public byte* Bytes;
        public nuint Length;
    }

    /// <summary>struct mmsghdr: a struct user_msghdr of include/linux/socket.h, and how many bytes it came to.</summary>
    internal struct Message
    {
        public byte* Name;
        public int NameLength;
        public Part* Parts;
        public nuint PartCount;
        public byte* Control;
        public nuint ControlLength;
        public int Flags;
        public uint Transferred;
    }
}
