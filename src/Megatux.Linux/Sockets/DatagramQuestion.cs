using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Megatux.Linux;

/// <summary>One question by UDP and its answer, without all of the sockets of .NET, which would double a guest's agent.</summary>
public static unsafe class DatagramQuestion
{
    // AF_INET, SOCK_DGRAM | SOCK_CLOEXEC; SO_RCVTIMEO of include/uapi/asm-generic/socket.h with a struct timeval of two longs.
    private const int Inet = 2, Datagrams = 2 | 0x80000, ReceiveTimeout = 20, TimevalLength = 16;

    // struct sockaddr_in of include/uapi/linux/in.h: family, port and address in network order, padding.
    private const int AddressLength = 16, PortAt = 2, AddressAt = 4;

    /// <summary>Asks, and waits for a datagram from whoever was asked.</summary>
    /// <param name="server">An IPv4 address.</param>
    /// <param name="port">Its port.</param>
    /// <param name="question">What is sent.</param>
    /// <param name="answer">Where the answer goes; what is longer is cut off.</param>
    /// <param name="patience">How long to wait.</param>
    /// <returns>Length of the answer; 0 if there was none, or nobody listens there.</returns>
    /// <exception cref="IOException">There is no socket to be had.</exception>
    public static int Ask(IPAddress server, ushort port, ReadOnlySpan<byte> question, Span<byte> answer, TimeSpan patience)
    {
        ArgumentNullException.ThrowIfNull(server);
        byte* to = stackalloc byte[AddressLength];
        var address = new Span<byte>(to, AddressLength);
        address.Clear();
        MemoryMarshal.Write(address, (ushort)Inet);
        BinaryPrimitives.WriteUInt16BigEndian(address[PortAt..], port);
        if (!server.TryWriteBytes(address.Slice(AddressAt, sizeof(uint)), out _))
            throw new ArgumentException($"{server} is no IPv4 address.", nameof(server));
        using SafeFileHandle socket = NativeNetwork.Socket(Inet, Datagrams, 0);
        if (socket.IsInvalid)
            throw NativeNetwork.Failure("UDP socket");
        long* limit = stackalloc long[TimevalLength / sizeof(long)];
        (limit[0], limit[1]) = ((long)patience.TotalSeconds, patience.Microseconds + 1000L * patience.Milliseconds);
        _ = NativeNetwork.SetOption(socket, NativeNetwork.SocketLevel, ReceiveTimeout, (int*)limit, TimevalLength);

        // Connected: what others send does not get here.
        if (NativeSockets.Connect(socket, to, AddressLength) != 0)
            return 0;
        fixed (byte* sent = question, received = answer)
        {
            return NativeSockets.Send(socket, sent, (nuint)question.Length, 0) < 0 ? 0
                : (int)Math.Max(0, NativeSockets.Receive(socket, received, (nuint)answer.Length, 0));
        }
    }
}
