using Megatux.Model;
using Megatux.Tree;

namespace Megatux.Xproc;

/// <summary>The messages of process startup as bytes. Numbers below 64 are BProc's.</summary>
public sealed class XprocCodec : IMessageCodec
{
    internal const ushort Input = 71;

    private const ushort Run = 1, Signal = 4, Records = 69, Ack = 70, Resend = 72, Forget = 73,
        Want = 74, Chunk = 75, NoBlob = 76;

    /// <summary>The least bytes of a record, and of a word.</summary>
    private const int LeastRecord = 13, LeastWord = 4;

    /// <inheritdoc/>
    public ushort? Write(TreeMessage message, PayloadWriter payload)
    {
        switch (message)
        {
            case RunMessage run:
                payload.Number((long)run.Job);
                payload.Number(run.Age.Ticks);
                payload.Nodes(run.Target);
                Write(run.Spec, payload);
                payload.Number(run.BeforeLink.Ticks);
                payload.Text(run.Place);
                payload.Text(run.Problem);
                return Run;
            case RecordsMessage records:
                payload.Number((long)records.Job);
                payload.Small((uint)records.Records.Count);
                foreach (JobRecord record in records.Records)
                    Write(record, payload);
                return Records;
            case AckMessage ack:
                payload.Number((long)ack.Job);
                payload.Nodes(ack.Nodes);
                payload.Small(ack.Sequence);
                return Ack;
            case SignalMessage signal:
                payload.Number((long)signal.Job);
                payload.Nodes(signal.Nodes);
                payload.Small((uint)signal.Signal);
                return Signal;
            case InputMessage input:
                payload.Number((long)input.Job);
                payload.Nodes(input.Nodes);
                payload.Number(input.Offset);
                payload.Flag(input.IsLast);
                payload.Bytes(input.Bytes.Span);
                return Input;
            case ResendMessage:
                return Resend;
            case ForgetMessage forget:
                payload.Number((long)forget.Job);
                payload.Nodes(forget.Nodes);
                return Forget;
            case WantMessage want:
                want.Blob.Write(payload);
                payload.Number(want.From);
                payload.Number(want.Until);
                payload.Flag(want.IsFresh);
                return Want;
            case ChunkMessage chunk:
                chunk.Blob.Write(payload);
                payload.Number(chunk.Total);
                payload.Number(chunk.Offset);
                payload.Bytes(chunk.Bytes.Span);
                return Chunk;
            case NoBlobMessage none:
                none.Blob.Write(payload);
                payload.Text(none.Reason);
                return NoBlob;
            default:
                return null;
        }
    }

    /// <inheritdoc/>
    public TreeMessage? Read(ushort type, ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        TreeMessage? message = type switch
        {
            Run => ReadRun(ref reader),
            Records => new RecordsMessage((ulong)reader.Number(), ReadRecords(ref reader)),
            Ack => new AckMessage((ulong)reader.Number(), reader.Nodes(), reader.Small()),
            Signal => new SignalMessage((ulong)reader.Number(), reader.Nodes(), (int)reader.Small()),
            Input => ReadInput(ref reader),
            Resend => ResendMessage.Instance,
            Forget => new ForgetMessage((ulong)reader.Number(), reader.Nodes()),
            Want => ReadWant(ref reader),
            Chunk => ReadChunk(ref reader),
            NoBlob => BlobId.Read(ref reader) is { } blob ? new NoBlobMessage(blob, reader.Text()) : null,
            _ => null,
        };
        return reader.IsGood ? message : null;
    }

    /// <summary>Writes what a job's nodes are to start.</summary>
    public static void Write(JobSpec spec, PayloadWriter payload)
    {
        ArgumentNullException.ThrowIfNull(spec);
        Write(spec.Words, payload);
        Write(spec.Environment, payload);
        payload.Text(spec.Folder ?? "");
        payload.Flag(spec.HasInput);
        payload.Number(spec.Limit?.Ticks ?? 0);
        payload.Flag(spec.Bundle is not null);
        spec.Bundle?.Write(payload);
    }

    /// <summary>Reads what a job's nodes are to start.</summary>
    public static JobSpec ReadSpec(ref PayloadReader reader)
    {
        var spec = new JobSpec { Words = ReadWords(ref reader), Environment = ReadWords(ref reader), Folder = reader.Text() is { Length: > 0 } folder ? folder : null };
        spec = spec with { HasInput = reader.Flag(), Limit = reader.Number() is > 0 and long ticks ? TimeSpan.FromTicks(ticks) : null };
        return reader.Flag() ? spec with { Bundle = BlobId.Read(ref reader) } : spec;
    }

    /// <summary>Writes a record.</summary>
    public static void Write(JobRecord record, PayloadWriter payload)
    {
        ArgumentNullException.ThrowIfNull(record);
        payload.Nodes(record.Nodes);
        payload.Small(record.Sequence);
        payload.Byte((byte)record.Kind);
        payload.Bytes(record.Bytes.Span);
    }

    /// <summary>Reads a record.</summary>
    public static JobRecord ReadRecord(ref PayloadReader reader) =>
        new(reader.Nodes(), reader.Small(), (RecordKind)reader.Byte(), reader.Bytes().ToArray());

    private static RunMessage? ReadRun(ref PayloadReader reader)
    {
        var run = new RunMessage((ulong)reader.Number(), ReadSpan(ref reader), reader.Nodes(), ReadSpec(ref reader));
        run = run with { BeforeLink = ReadSpan(ref reader), Place = reader.Text(), Problem = reader.Text() };
        return run.Spec.Words.Count > 0 ? run : null;
    }

    private static TimeSpan ReadSpan(ref PayloadReader reader) => TimeSpan.FromTicks(Math.Clamp(reader.Number(), 0, TimeSpan.FromDays(3650).Ticks));

    private static WantMessage? ReadWant(ref PayloadReader reader)
    {
        BlobId? blob = BlobId.Read(ref reader);
        (long from, long until, bool isFresh) = (reader.Number(), reader.Number(), reader.Flag());
        return blob is { } id && from >= 0 && until >= from ? new WantMessage(id, from, until, isFresh) : null;
    }

    private static ChunkMessage? ReadChunk(ref PayloadReader reader)
    {
        BlobId? blob = BlobId.Read(ref reader);
        (long total, long offset) = (reader.Number(), reader.Number());
        byte[] bytes = reader.Bytes().ToArray();
        return blob is { } id && offset >= 0 && total - offset >= bytes.Length ? new ChunkMessage(id, total, offset, bytes) : null;
    }

    private static InputMessage ReadInput(ref PayloadReader reader)
    {
        (ulong job, NodeSet nodes, long offset, bool isLast) = ((ulong)reader.Number(), reader.Nodes(), reader.Number(), reader.Flag());
        return new InputMessage(job, nodes, Math.Max(0, offset), reader.Bytes().ToArray(), isLast);
    }

    private static List<JobRecord> ReadRecords(ref PayloadReader reader)
    {
        var records = new List<JobRecord>();
        for (int left = reader.Count(LeastRecord); left > 0 && reader.IsGoodSoFar; left--)
            records.Add(ReadRecord(ref reader));
        return records;
    }

    private static void Write(IReadOnlyList<string> words, PayloadWriter payload)
    {
        payload.Small((uint)words.Count);
        foreach (string word in words)
            payload.Text(word);
    }

    private static List<string> ReadWords(ref PayloadReader reader)
    {
        var words = new List<string>();
        for (int left = reader.Count(LeastWord); left > 0 && reader.IsGoodSoFar; left--)
            words.Add(reader.Text());
        return words;
    }
}
