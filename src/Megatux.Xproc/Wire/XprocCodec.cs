using Megatux.Model;
using Megatux.Tree;

namespace Megatux.Xproc;

/// <summary>The messages of process startup as bytes. Numbers below 64 are BProc's.</summary>
public sealed class XprocCodec : IMessageCodec
{
    private const ushort Run = 1, Signal = 4, Records = 69, Ack = 70, Input = 71, Resend = 72, Forget = 73;

    /// <summary>The least bytes of a record, and of a word.</summary>
    private const int LeastRecord = 13, LeastWord = 4;

    /// <inheritdoc/>
    public ushort? Write(TreeMessage message, PayloadWriter payload)
    {
        switch (message)
        {
            case RunMessage run:
                payload.Int64((long)run.Job);
                payload.Int64(run.Age.Ticks);
                payload.Nodes(run.Target);
                Write(run.Spec, payload);
                return Run;
            case RecordsMessage records:
                payload.Int64((long)records.Job);
                payload.UInt32((uint)records.Records.Count);
                foreach (JobRecord record in records.Records)
                    Write(record, payload);
                return Records;
            case AckMessage ack:
                payload.Int64((long)ack.Job);
                payload.Nodes(ack.Nodes);
                payload.UInt32(ack.Sequence);
                return Ack;
            case SignalMessage signal:
                payload.Int64((long)signal.Job);
                payload.Nodes(signal.Nodes);
                payload.UInt32((uint)signal.Signal);
                return Signal;
            case InputMessage input:
                payload.Int64((long)input.Job);
                payload.Nodes(input.Nodes);
                payload.Int64(input.Offset);
                payload.Flag(input.IsLast);
                payload.Bytes(input.Bytes.Span);
                return Input;
            case ResendMessage:
                return Resend;
            case ForgetMessage forget:
                payload.Int64((long)forget.Job);
                payload.Nodes(forget.Nodes);
                return Forget;
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
            Records => new RecordsMessage((ulong)reader.Int64(), ReadRecords(ref reader)),
            Ack => new AckMessage((ulong)reader.Int64(), reader.Nodes(), reader.UInt32()),
            Signal => new SignalMessage((ulong)reader.Int64(), reader.Nodes(), (int)reader.UInt32()),
            Input => ReadInput(ref reader),
            Resend => ResendMessage.Instance,
            Forget => new ForgetMessage((ulong)reader.Int64(), reader.Nodes()),
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
        payload.Int64(spec.Limit?.Ticks ?? 0);
    }

    /// <summary>Reads what a job's nodes are to start.</summary>
    public static JobSpec ReadSpec(ref PayloadReader reader)
    {
        var spec = new JobSpec { Words = ReadWords(ref reader), Environment = ReadWords(ref reader), Folder = reader.Text() is { Length: > 0 } folder ? folder : null };
        return spec with { HasInput = reader.Flag(), Limit = reader.Int64() is > 0 and long ticks ? TimeSpan.FromTicks(ticks) : null };
    }

    /// <summary>Writes a record.</summary>
    public static void Write(JobRecord record, PayloadWriter payload)
    {
        ArgumentNullException.ThrowIfNull(record);
        payload.Nodes(record.Nodes);
        payload.UInt32(record.Sequence);
        payload.Byte((byte)record.Kind);
        payload.Bytes(record.Bytes.Span);
    }

    /// <summary>Reads a record.</summary>
    public static JobRecord ReadRecord(ref PayloadReader reader) =>
        new(reader.Nodes(), reader.UInt32(), (RecordKind)reader.Byte(), reader.Bytes().ToArray());

    private static RunMessage? ReadRun(ref PayloadReader reader)
    {
        var run = new RunMessage((ulong)reader.Int64(), TimeSpan.FromTicks(Math.Clamp(reader.Int64(), 0, TimeSpan.FromDays(3650).Ticks)), reader.Nodes(), ReadSpec(ref reader));
        return run.Spec.Words.Count > 0 ? run : null;
    }

    private static InputMessage ReadInput(ref PayloadReader reader)
    {
        (ulong job, NodeSet nodes, long offset, bool isLast) = ((ulong)reader.Int64(), reader.Nodes(), reader.Int64(), reader.Flag());
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
        payload.UInt32((uint)words.Count);
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
