using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Megatux.Linux;

/// <summary>Pairs of connected sockets that no child inherits unless it is given one.</summary>
public static unsafe class SocketPair
{
    // include/linux/socket.h and include/linux/net.h.
    private const int Unix = 1, Stream = 1, SequencedPackets = 5, CloseOnExec = 0x80000;

    /// <summary>Makes a pair.</summary>
    /// <param name="stream">True for a stream of bytes, false for packets that keep their bounds and order.</param>
    /// <exception cref="Win32Exception">There are too many open descriptors.</exception>
    public static (SafeFileHandle First, SafeFileHandle Second) Create(bool stream = true)
    {
        int* ends = stackalloc int[2];
        return NativeFiles.SocketPair(Unix, (stream ? Stream : SequencedPackets) | CloseOnExec, 0, ends) == 0
            ? (new SafeFileHandle(ends[0], ownsHandle: true), new SafeFileHandle(ends[1], ownsHandle: true))
            : throw new Win32Exception(Marshal.GetLastPInvokeError(), "No pair of sockets can be made.");
    }
}
