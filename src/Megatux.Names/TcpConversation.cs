using System.Buffers.Binary;
using System.Net.Sockets;

namespace Megatux.Names;

/// <summary>
/// One client's connection: messages after their lengths of two bytes (RFC 1035, 4.2.2), any number of them and without
/// waiting for answers (RFC 7766, 6.2.1.1).
/// </summary>
internal sealed class TcpConversation(Socket client, NameAnswerer answerer)
{
    private const int LengthBytes = sizeof(ushort);

    private readonly byte[] _in = new byte[TcpLimits.Buffer];
    private readonly byte[] _out = new byte[TcpLimits.Buffer];
    private int _filled, _answered;

    /// <summary>Answers until the client ends, is too slow or breaks the rules.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(TcpLimits.Patience);
        while (await client.ReceiveAsync(_in.AsMemory(_filled), late.Token).ConfigureAwait(false) is > 0 and int received)
        {
            _filled += received;
            int taken = 0;
            while (TryTake(ref taken, out bool isQuery))
            {
                if (!isQuery)
                    return;
                if (_answered > _out.Length - LengthBytes - NameAnswerer.MaxUdpLength)
                    await SendAsync(late.Token).ConfigureAwait(false);
            }

            if (taken == 0)
                continue;
            await SendAsync(late.Token).ConfigureAwait(false);
            _in.AsSpan(taken.._filled).CopyTo(_in);
            _filled -= taken;
            late.CancelAfter(TcpLimits.Patience);
        }
    }

    /// <summary>Answers the next whole message, if there is one.</summary>
    private bool TryTake(ref int taken, out bool isQuery)
    {
        isQuery = true;
        ReadOnlySpan<byte> rest = _in.AsSpan(taken.._filled);
        if (rest.Length < LengthBytes)
            return false;
        int length = BinaryPrimitives.ReadUInt16BigEndian(rest);
        if (length > TcpLimits.Query)
        {
            isQuery = false;
            return true;
        }

        if (rest.Length < LengthBytes + length)
            return false;
        Span<byte> answer = _out.AsSpan(_answered);
        int answerLength = answerer.Answer(rest.Slice(LengthBytes, length), answer[LengthBytes..], NameTransport.Tcp);
        isQuery = answerLength > 0;
        BinaryPrimitives.WriteUInt16BigEndian(answer, (ushort)answerLength);
        _answered += LengthBytes + answerLength;
        taken += LengthBytes + length;
        return true;
    }

    private async Task SendAsync(CancellationToken late)
    {
        for (int sent = 0; sent < _answered;)
            sent += await client.SendAsync(_out.AsMemory(sent.._answered), late).ConfigureAwait(false);
        _answered = 0;
    }
}
