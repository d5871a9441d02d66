namespace Megatux.Linux;

/// <summary>
/// Requests that wait to be sent, and their sending: as many in one datagram as fit, so that a thousand devices take a few
/// system calls.
/// </summary>
internal sealed class NetworkQueue(NetlinkSocket socket, NetlinkQuestions questions, int? mostRequests = null)
{
    // What an acknowledgement with a line of text may take of the receive buffer, the kernel's overhead included.
    private const int AcknowledgementCost = 2048;

    // A datagram must fit the send buffer, whose size is the choice of the machine's owner: 208 KiB if there was none.
    private const int LongestDatagram = 32 << 10;

    // Questions have the numbers above, so that an answer is never taken for another's.
    private const uint LastSequence = NetlinkQuestions.FirstSequence - 1;

    private readonly List<NetworkRequest> _requests = [];
    private readonly NetlinkWriter _writer = new();
    private readonly Dictionary<string, uint> _indexes = new(StringComparer.Ordinal);
    private readonly int _mostRequests = mostRequests ?? Math.Max(1, socket.ReceiveBuffer / AcknowledgementCost);
    private uint _first;
    private NetworkSetupException? _failure;

    /// <summary>The message being queued.</summary>
    internal NetlinkWriter Writer => _writer;

    /// <summary>Sequence number of the next message to be queued.</summary>
    internal uint NextSequence => (_first + (uint)_requests.Count) & LastSequence;

    /// <summary>Ends the message and queues it.</summary>
    internal void Add(NetworkRequest request)
    {
        _writer.End();
        _requests.Add(request with { End = _writer.Length });
    }

    /// <summary>Sends all, reads all acknowledgements and forgets all requests, whatever happens.</summary>
    /// <exception cref="NetworkSetupException">The first request that failed; those behind it were carried out nevertheless.</exception>
    internal void Commit()
    {
        try
        {
            // Others change devices too: an index is believed during one commit alone.
            _indexes.Clear();
            _failure = null;
            for (int next = 0; next < _requests.Count;)
            {
                int end = Fill(next);
                if (end > next)
                    Exchange(next, end);
                else if (!Resolve(next))
                    end++;
                next = end;
            }

            if (_failure is not null)
                throw _failure;
        }
        finally
        {
            _first = NextSequence;
            _requests.Clear();
            _writer.Clear();
        }
    }

    /// <summary>Finds how far the next datagram may go: up to a request with an index that is not known yet.</summary>
    private int Fill(int start)
    {
        int end = start;
        for (int from = StartOf(start); end < _requests.Count && end - start < _mostRequests; end++)
        {
            NetworkRequest request = _requests[end];
            if (end > start && request.End - from > LongestDatagram)
                break;
            if (request.IndexOf is { } link)
            {
                if (!_indexes.TryGetValue(link, out uint index))
                    break;
                _writer.Patch(request.IndexAt, index);
            }

            // A veth goes with its peer, whose name we may not know: forget all.
            if (request.ChangesNames)
                _indexes.Clear();
        }

        return end;
    }

    private void Exchange(int start, int end)
    {
        if (socket.Send(_writer.Written[StartOf(start)..StartOf(end)]) is var error and not 0)
        {
            Fail(start, error, null);
            return;
        }

        for (int answered = start; answered < end;)
        {
            int status = socket.Receive(out ReadOnlySpan<byte> datagram);
            if (status == NativeNetwork.NoBufferSpace)
                continue;
            if (status != 0)
            {
                Fail(answered, status == NativeNetwork.TryAgain ? NativeNetwork.NoBufferSpace : status, "its acknowledgement was lost");
                return;
            }

            var messages = new NetlinkReader(datagram);
            while (messages.Read())
                answered = Acknowledge(messages, answered, end);
        }
    }

    /// <summary>Takes note of an acknowledgement. They come in the order of the requests, so that a gap is a loss.</summary>
    /// <returns>The request whose acknowledgement is the next.</returns>
    private int Acknowledge(NetlinkReader message, int answered, int end)
    {
        int request = (int)((message.Sequence - _first) & LastSequence);
        if (message.Type != Rtnetlink.MessageError || message.Sequence > LastSequence || request < answered || request >= end)
            return answered;
        if (request > answered)
            Fail(answered, NativeNetwork.NoBufferSpace, "its acknowledgement was lost");
        int error = NetlinkAnswers.Error(message.Payload, message.Flags, out string? reason);
        if (error != 0 && _requests[request].Tolerated is var tolerated && tolerated != error && tolerated != NetworkRequest.AnyError)
            Fail(request, error, reason);
        return request + 1;
    }

    /// <summary>Asks the kernel for the index that a request lacks; without one, the request has failed.</summary>
    private bool Resolve(int request)
    {
        string link = _requests[request].IndexOf!;
        int error = questions.Index(link, out uint index);
        if (error == 0)
            _indexes[link] = index;
        else
            Fail(request, error, link == _requests[request].Link ? null : link);
        return error == 0;
    }

    private int StartOf(int request) => request == 0 ? 0 : _requests[request - 1].End;

    private void Fail(int request, int error, string? reason)
    {
        NetworkRequest failed = _requests[request];
        _failure ??= new NetworkSetupException(failed.Operation, failed.Subject, failed.Link, error, reason);
    }
}
