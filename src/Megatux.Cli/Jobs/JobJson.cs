using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Megatux.Model;
using Megatux.Tree;
using Megatux.Xproc;

namespace Megatux.Cli;

/// <summary>Jobs for programs: an object a line.</summary>
internal static class JobJson
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    // Lines are read by programs and people, never as a part of a web page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What nodes say.</summary>
    internal static byte[] Of(JobRecord record) => Line(json =>
    {
        json.WriteString("nodes", record.Nodes.ToString());
        switch (record.Kind)
        {
            case RecordKind.Exit:
                json.WriteNumber("exit", record.ExitCode ?? JobResult.NotRun);
                break;
            case RecordKind.Lost:
                json.WriteBoolean("lost", true);
                break;
            default:
                json.WriteString("stream", record.Kind switch { RecordKind.Output => "out", RecordKind.Error => "err", _ => "refused" });
                WriteBytes(json, record.Bytes);
                break;
        }
    });

    /// <summary>What came of a job.</summary>
    /// <param name="number">The job's number.</param>
    /// <param name="result">The result.</param>
    /// <param name="unknown">Nodes that were meant, and that the experiment does not have.</param>
    internal static byte[] Of(ulong number, JobResult result, NodeSet unknown) => Line(json =>
    {
        json.WriteStartObject("result");
        json.WriteString("job", JobNumber.Text(number));
        json.WriteNumber("code", unknown.IsEmpty ? result.ExitCode : Math.Max(result.ExitCode, JobResult.NotRun));
        Write(json, result);
        json.WriteString("unknown", unknown.ToString());
        json.WriteEndObject();
    });

    /// <summary>A job among others.</summary>
    internal static byte[] Of(JobSummary job) => Line(json =>
    {
        json.WriteString("job", JobNumber.Text(job.Head.Number));
        json.WriteString("started", job.Head.Started);
        if (job.Ended is { } ended)
            json.WriteString("ended", ended);
        json.WriteStartArray("command");
        foreach (string word in job.Head.Spec.Words)
            json.WriteStringValue(word);
        json.WriteEndArray();
        json.WriteString("nodes", job.Head.Target.Union(job.Head.NotUp).ToString());
        Write(json, job.Result);
    });

    /// <summary>How nodes are.</summary>
    internal static byte[] Of(NodeStates states, NodeSet down) => Line(json =>
    {
        foreach ((string name, NodeSet nodes) in (ReadOnlySpan<(string, NodeSet)>)[("up", states.Up), ("boot", states.Boot), ("error", states.Error), ("down", down)])
        {
            json.WriteStartObject(name);
            json.WriteNumber("count", nodes.Count);
            json.WriteString("nodes", nodes.ToString());
            json.WriteEndObject();
        }
    });

    private static void Write(Utf8JsonWriter json, JobResult result)
    {
        json.WriteString("succeeded", result.Succeeded.ToString());
        json.WriteStartArray("failed");
        foreach ((int code, NodeSet nodes) in result.ByCode.Where(code => code.Key != 0))
        {
            json.WriteStartObject();
            json.WriteNumber("code", code);
            json.WriteString("nodes", nodes.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("refused", result.Refused.ToString());
        json.WriteString("lost", result.Lost.ToString());
        json.WriteString("notUp", result.NotUp.ToString());
        json.WriteString("pending", result.Pending.ToString());
        json.WriteNumber("droppedBytes", result.DroppedBytes);
        if (result.Problem is { } problem)
            json.WriteString("problem", problem);
    }

    private static void WriteBytes(Utf8JsonWriter json, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            json.WriteString("text", Strict.GetString(bytes.Span));
        }
        catch (DecoderFallbackException)
        {
            json.WriteBase64String("base64", bytes.Span);
        }
    }

    private static byte[] Line(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }
}
