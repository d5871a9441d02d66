using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Megatux.Model;
using Megatux.Tree;

namespace Megatux.Xproc;

/// <summary>A job, as a client follows it. For one reader, and beside it one writer of input.</summary>
public sealed partial class XprocJob : IDisposable
{
    private readonly XprocClient _client;
    private readonly JobCollector _collector;
    private readonly Queue<JobRecord> _waiting = new();
    private NetworkStream? _stream;
    private JobResult? _result;
    private bool _wasLost;
    private long _position, _droppedBytes;

    internal XprocJob(XprocClient client, JobHead head, long position) =>
        (_client, Head, _collector, _position) = (client, head, new JobCollector(head.Target), position);

    /// <summary>How it was started.</summary>
    public JobHead Head { get; }

    /// <summary>True when all records were read, and nothing more comes.</summary>
    public bool IsOver => _result is not null && _waiting.Count == 0;

    /// <summary>What has come of it: in the end, once <see cref="IsOver"/>; before, as far as records were read.</summary>
    public JobResult Result => _result ?? JobResult.Of(_collector, Head.NotUp, _droppedBytes, null);

    /// <summary>
    /// What nodes say, as it comes, until the job is over: of each node in its order, of several that say the same at a time
    /// mostly as one. May be asked for again to go on where the last reading was ended.
    /// </summary>
    /// <param name="cancellation">Ends the reading; the job goes on.</param>
    /// <exception cref="MegatuxException">The root went away, and did not come back in time.</exception>
    public async IAsyncEnumerable<JobRecord> RecordsAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        while (true)
        {
            while (_waiting.TryDequeue(out JobRecord? record))
                yield return record;
            if (_result is not null)
                yield break;
            await _client.PersistAsync(() => ReadAsync(cancellation), cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Reads all that is left.</summary>
    /// <param name="cancellation">Ends the reading; the job goes on.</param>
    /// <returns>What came of it.</returns>
    public async Task<JobResult> WaitAsync(CancellationToken cancellation = default)
    {
        await foreach (JobRecord _ in RecordsAsync(cancellation).ConfigureAwait(false))
        {
        }

        return Result;
    }

    /// <summary>Sends a signal to its processes.</summary>
    /// <inheritdoc cref="XprocClient.SignalAsync"/>
    public Task SignalAsync(int signal, NodeSet? nodes = null, CancellationToken cancellation = default) =>
        _client.SignalAsync(Head.Number, signal, nodes, cancellation);

    /// <summary>Follows it no longer. It goes on.</summary>
    public void Dispose()
    {
        _stream?.Dispose();
        _inputStream?.Dispose();
        _sending.Dispose();
    }

    private async Task<bool> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            if (_stream is null)
            {
                NetworkStream stream = _client.Open();
                _stream = stream;
                await XprocClient.AttachAsync(stream, Head.Number, _position, cancellation).ConfigureAwait(false);
                if (_wasLost)
                    _ = InputAgainAsync();
                _wasLost = false;
            }

            Take(await ClientFrame.ReadAsync(_stream, cancellation).ConfigureAwait(false) ?? throw new EndOfStreamException("the root ended the connection"));
            return true;
        }
        catch
        {
            _wasLost |= _stream is not null;
            _stream?.Dispose();
            _stream = null;
            throw;
        }
    }

    private void Take(ClientFrame frame)
    {
        var reader = new PayloadReader(frame.Payload);
        switch (frame.Kind)
        {
            case ClientFrameKind.Records:
                long position = reader.Number();
                TakeEntries(reader.Bytes());
                _position = position;
                break;
            case ClientFrameKind.Ended:
                JobResult result = JobCodec.ReadResult(ref reader);
                if (reader.IsGood)
                    _result = result;
                break;
            default:
                throw XprocClient.Garbled();
        }

        if (!reader.IsGood)
            throw XprocClient.Garbled();
    }

    private void TakeEntries(ReadOnlySpan<byte> entries)
    {
        for (int length; (length = JobEntry.Read(entries, out JobEntry entry)) > 0; entries = entries[length..])
        {
            _collector.Take(entry.Record, out _);
            _droppedBytes += entry.Dropped;
            if (entry.Dropped == 0)
                _waiting.Enqueue(entry.Record);
        }

        if (!entries.IsEmpty)
            throw XprocClient.Garbled();
    }
}
