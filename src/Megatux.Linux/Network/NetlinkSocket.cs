using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Megatux.Linux;

/// <summary>
/// One socket of rtnetlink. The kernel works on requests within the call that sends them, so that all answers (of a dump,
/// the first, and the next whenever one is taken) lie in the socket when it returns: nothing here ever waits for one.
/// </summary>
internal sealed unsafe class NetlinkSocket : IDisposable
{
    // Room for some thousands of acknowledgements, if we may have it.
    internal const int WantedBuffer = 4 << 20;

    // The kernel fills up to 32 KiB of a dump at once (NLMSG_GOODSIZE's limit in net/netlink/af_netlink.c).
    private const int LongestAnswer = 64 << 10;

    private readonly SafeFileHandle _socket;
    private readonly byte[] _answer = new byte[LongestAnswer];

    /// <summary>Opens a socket in the network namespace of the calling thread.</summary>
    /// <param name="wantedBuffer">Bytes of kernel memory that answers should have; the kernel gives twice as much, or less.</param>
    /// <exception cref="IOException">The kernel has no rtnetlink or the process too many files.</exception>
    internal NetlinkSocket(int wantedBuffer = WantedBuffer)
    {
        _socket = NativeNetwork.Socket(NativeNetwork.AddressFamilyNetlink, NativeNetwork.RawSocket, NativeNetwork.RouteProtocol);
        if (_socket.IsInvalid)
            throw NativeNetwork.Failure("netlink socket");

        // Old kernels lack these, and only root of the machine may force a size: we make do with what we get.
        Set(NativeNetwork.NetlinkLevel, NativeNetwork.CappedAcknowledgements, 1);
        Set(NativeNetwork.NetlinkLevel, NativeNetwork.ExtendedAcknowledgements, 1);
        if (!Set(NativeNetwork.SocketLevel, NativeNetwork.ReceiveBufferForce, wantedBuffer))
            Set(NativeNetwork.SocketLevel, NativeNetwork.ReceiveBuffer, wantedBuffer);
        int size;
        uint length = sizeof(int);
        if (NativeNetwork.GetOption(_socket, NativeNetwork.SocketLevel, NativeNetwork.ReceiveBuffer, &size, &length) != 0)
            throw NativeNetwork.Failure("netlink socket");
        ReceiveBuffer = size;
    }

    /// <summary>Bytes of kernel memory (overhead included) that answers may take before the kernel drops them.</summary>
    internal int ReceiveBuffer { get; }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    /// <summary>Sends messages in one datagram; the kernel has worked on each when this returns.</summary>
    /// <returns>0, or the error number of the sending, in which case the kernel has seen none of them.</returns>
    internal int Send(ReadOnlySpan<byte> messages)
    {
        var kernel = new NetlinkAddress { Family = NativeNetwork.AddressFamilyNetlink };
        fixed (byte* data = messages)
        {
            while (NativeNetwork.Send(_socket, data, (nuint)messages.Length, 0, &kernel, NetlinkAddress.Length) < 0)
                if (Marshal.GetLastPInvokeError() is var error and not NativeNetwork.Interrupted)
                    return error;
        }

        return 0;
    }

    /// <summary>Takes the next datagram of the kernel's.</summary>
    /// <param name="datagram">What it holds, until the next call.</param>
    /// <returns>0, or an error number: EAGAIN when there is none, ENOBUFS when some were dropped before the next.</returns>
    /// <exception cref="InvalidDataException">It is longer than any that the kernel sends.</exception>
    internal int Receive(out ReadOnlySpan<byte> datagram)
    {
        fixed (byte* data = _answer)
        {
            while (true)
            {
                datagram = default;
                NetlinkAddress from;
                uint addressLength = NetlinkAddress.Length;
                nint length = NativeNetwork.Receive(_socket, data, LongestAnswer,
                    NativeNetwork.DoNotWait | NativeNetwork.TellFullLength, &from, &addressLength);
                if (length < 0 && Marshal.GetLastPInvokeError() is var error and not NativeNetwork.Interrupted)
                    return error;

                // Any process may send to a netlink socket; only the kernel has port 0.
                if (length < 0 || from.Port != 0)
                    continue;
                if (length > LongestAnswer)
                    throw new InvalidDataException($"netlink: an answer of {length} bytes where at most {LongestAnswer} were expected");
                datagram = _answer.AsSpan(0, (int)length);
                return 0;
            }
        }
    }

    private bool Set(int level, int option, int value) => NativeNetwork.SetOption(_socket, level, option, &value, sizeof(int)) == 0;
}
