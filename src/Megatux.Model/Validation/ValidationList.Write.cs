using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Megatux.Model;

/// <content>The file's bytes.</content>
public sealed partial class ValidationList
{
    private static readonly JsonWriterOptions Lines = new() { Indented = true, IndentSize = 2, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The file: UTF-8 with a line end at the end, the same for the same checks.</summary>
    // By hand, as the manifest: setting up a serializer takes longer than the rest of a build with little to do.
    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Lines))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", SchemaVersion);
            json.WriteString("experiment", Experiment);
            json.WriteStartArray("checks");
            foreach (Validation check in Checks)
                Write(json, check);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, Validation check)
    {
        json.WriteStartObject();
        json.WriteString("name", check.Name);

        // Steps as they are: what is every second of a million nodes is not to be listed.
        json.WriteString("nodes", check.Nodes.ToString(steps: true));
        foreach ((string name, string? text) in ((string, string?)[])[("command", check.Command), ("expression", check.Expression), ("expect", check.Expect?.Text)])
            if (text is not null)
                json.WriteString(name, text);
        if (check.ExitCode != 0)
            json.WriteNumber("exitCode", check.ExitCode);
        if (check.Quota.AtLeast is { } least)
            json.WriteString("atLeast", least);
        if (check.Quota.Count is { } count)
            json.WriteNumber("count", count);
        json.WriteNumber("withinMs", (long)check.Within.TotalMilliseconds);
        json.WriteEndObject();
    }
}
