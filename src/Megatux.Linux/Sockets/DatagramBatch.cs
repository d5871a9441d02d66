using System.Net.Sockets;
using System.Runtime.InteropServices;
using static Megatux.Linux.NativeSockets;

namespace Megatux.Linux;

/// <summary>
/// Room for several datagrams and an answer to each, which come and go with one system call each way (recvmmsg(2),
/// sendmmsg(2)). Answers leave from the address that was asked, where the socket tells it (IP_PKTINFO). For one thread.
/// </summary>
public sealed unsafe class DatagramBatch : IDisposable
{
    // struct sockaddr_in6, the longest that can come; a struct cmsghdr with a struct in_pktinfo (16 + 12, aligned to 8).
    private const int NameRoom = 28, ControlRoom = 32;

    private readonly int _capacity, _queryRoom, _answerRoom;
    private readonly Message* _messages;
    private readonly Part* _parts;
    private readonly byte* _names, _controls, _queries, _answers;
    private int _received;

    /// <summary>Makes room.</summary>
    /// <param name="capacity">How many datagrams at once.</param>
    /// <param name="queryRoom">Bytes for each that comes; what is longer is dropped.</param>
    /// <param name="answerRoom">Bytes for each answer.</param>
    public DatagramBatch(int capacity, int queryRoom, int answerRoom)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(queryRoom);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(answerRoom);
        (_capacity, _queryRoom, _answerRoom) = (capacity, queryRoom, answerRoom);
        _messages = (Message*)NativeMemory.AllocZeroed((nuint)capacity, (nuint)sizeof(Message));
        _parts = (Part*)NativeMemory.AllocZeroed((nuint)capacity, (nuint)sizeof(Part));
        _names = Room(NameRoom);
        _controls = Room(ControlRoom);
        _queries = Room(queryRoom);
        _answers = Room(answerRoom);

        byte* Room(int bytes) => (byte*)NativeMemory.AllocZeroed((nuint)capacity, (nuint)bytes);
    }

    /// <summary>Makes an answer to a datagram.</summary>
    /// <returns>The answer's length; 0 for none.</returns>
    public delegate int Answerer(ReadOnlySpan<byte> query, Span<byte> answer);

    /// <summary>Waits for a datagram, and takes those that are there already, too.</summary>
    /// <param name="socket">A blocking UDP socket.</param>
    /// <returns>How many came; 0 if the socket was shut down.</returns>
    /// <exception cref="SocketException">The kernel refuses.</exception>
    public int Receive(SafeSocketHandle socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        for (int i = 0; i < _capacity; i++)
        {
            _parts[i] = new Part { Bytes = _queries + i * _queryRoom, Length = (nuint)_queryRoom };
            _messages[i] = new Message
            {
                Name = _names + i * NameRoom,
                NameLength = NameRoom,
                Parts = _parts + i,
                PartCount = 1,
                Control = _controls + i * ControlRoom,
                ControlLength = ControlRoom,
                Transferred = 0,
            };
        }

        do
            _received = NativeSockets.Receive((int)socket.DangerousGetHandle(), _messages, (uint)_capacity, WaitForOne, null);
        while (_received < 0 && Marshal.GetLastPInvokeError() == Interrupted);
        int error = Marshal.GetLastPInvokeError();
        if (_received < 0)
            throw new SocketException(error);

        // A socket that is shut down gives an empty message from nobody.
        return _received > 0 && _messages[0].NameLength == 0 ? _received = 0 : _received;
    }

    /// <summary>Answers what was received last; an answer that the kernel does not take is lost, as datagrams may be.</summary>
    /// <param name="socket">The socket that they came from.</param>
    /// <param name="answerer">Makes each answer.</param>
    public void Answer(SafeSocketHandle socket, Answerer answerer)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(answerer);
        int answers = 0;
        for (int i = 0; i < _received; i++)
        {
            Message message = _messages[i];
            if ((message.Flags & Cut) != 0)
                continue;
            byte* answer = _answers + answers * _answerRoom;
            int length = answerer(new ReadOnlySpan<byte>(message.Parts->Bytes, (int)message.Transferred), new Span<byte>(answer, _answerRoom));
            if (length <= 0)
                continue;

            // Answers move up; the parts of queries that are behind them are still needed, those before no more.
            _parts[answers] = new Part { Bytes = answer, Length = (nuint)length };
            message.Parts = _parts + answers;
            message.Flags = 0;
            _messages[answers++] = message;
        }

        for (int sent = 0; sent < answers;)
        {
            // The first of the rest was not sent when the call fails: it is passed over.
            int now = Send((int)socket.DangerousGetHandle(), _messages + sent, (uint)(answers - sent), 0);
            sent += now > 0 ? now : Marshal.GetLastPInvokeError() == Interrupted ? 0 : 1;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(_messages);
        NativeMemory.Free(_parts);
        NativeMemory.Free(_names);
        NativeMemory.Free(_controls);
        NativeMemory.Free(_queries);
        NativeMemory.Free(_answers);
    }
}
