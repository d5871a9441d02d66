using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Megatux.Model;

/// <summary>
/// The one form in which the file is written: a line for each value, but one for each member and kernel, which are most of
/// it. By hand, since setting up a serializer takes longer than the rest of a build with little to do.
/// </summary>
internal static class ManifestText
{
    private const int Indent = 2;

    // No escapes that only HTML needs.
    private static readonly JsonWriterOptions Lines = new()
    {
        Indented = true,
        IndentSize = Indent,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonWriterOptions OneLine = Lines with { Indented = false };

    internal static byte[] Write(ManifestDocument document)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Lines))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", document.Schema);
            Write(json, document.Experiment);
            Write(json, document.Xproc);
            if (document.Pushmon is { } pushmon)
            {
                json.WriteStartObject("pushmon");
                json.WriteNumber("intervalMs", pushmon.IntervalMs);
                json.WriteEndObject();
            }

            json.WriteStartObject("kernels");
            Write(json, "host", document.Kernels.Host);
            Write(json, "guest", document.Kernels.Guest);
            json.WriteEndObject();
            json.WriteStartArray("members");
            foreach (MemberDocument? member in document.Members)
                json.WriteRawValue([.. "\n    "u8, .. OnOneLine(line => Write(line, member!))]);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, ExperimentDocument experiment)
    {
        json.WriteStartObject("experiment");
        json.WriteString("name", experiment.Name);
        json.WriteString("hosts", experiment.Hosts);
        json.WriteNumber("vmsPerHost", experiment.VmsPerHost);
        json.WriteString("guestNetworkBase", experiment.GuestNetworkBase);
        json.WriteNumber("guestPrefixLength", experiment.GuestPrefixLength);
        json.WriteNumber("vmMemoryMiB", experiment.VmMemoryMiB);
        if (experiment.HostMemoryMiB is { } memory)
            json.WriteNumber("hostMemoryMiB", memory);
        json.WriteNumber("memoryOvercommit", experiment.MemoryOvercommit);
        if (experiment.Churn is { } churn)
            json.WriteNumber("churn", churn);
        if (experiment.ChurnSeed is { } seed)
            json.WriteNumber("churnSeed", seed);
        json.WriteString("hostNetwork", experiment.HostNetwork);
        json.WriteString("firstHostAddress", experiment.FirstHostAddress);
        if (experiment.HostGateway is { } gateway)
            json.WriteString("hostGateway", gateway);
        json.WriteString("hostIdentity", experiment.HostIdentity);
        json.WriteString("hostInterface", experiment.HostInterface);
        json.WriteString("macPrefix", experiment.MacPrefix);
        json.WriteString("hypervisor", experiment.Hypervisor);
        if (experiment.Groups is { } groups)
        {
            json.WriteStartArray("groups");
            foreach (GroupDocument? group in groups)
                json.WriteRawValue([.. "\n      "u8, .. OnOneLine(line => Write(line, group!))]);
            json.WriteEndArray();
        }

        if (experiment.Equations is { } equations)
        {
            json.WriteStartArray("equations");
            foreach (EquationDocument? equation in equations)
                json.WriteRawValue([.. "\n      "u8, .. OnOneLine(line => Write(line, equation!))]);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, EquationDocument equation)
    {
        json.WriteString("function", equation.Function);
        json.WriteString("expression", equation.Expression);
        if (equation.Inverse is { } inverse)
            json.WriteString("inverse", inverse);
    }

    private static void Write(Utf8JsonWriter json, GroupDocument group)
    {
        json.WriteString("name", group.Name);
        json.WriteString("nodes", group.Nodes);
    }

    private static void Write(Utf8JsonWriter json, XprocDocument xproc)
    {
        json.WriteStartObject("xproc");
        json.WriteBoolean("enabled", xproc.Enabled);
        json.WriteString("listenInterface", xproc.ListenInterface);
        json.WriteNumber("port", xproc.Port);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, KernelDocument? kernel)
    {
        if (kernel is null)
            return;
        json.WritePropertyName(name);
        json.WriteRawValue(OnOneLine(line =>
        {
            line.WriteString("file", kernel.File);
            line.WriteString("sha256", kernel.Sha256);
            line.WriteString("version", kernel.Version);
        }));
    }

    private static void Write(Utf8JsonWriter json, MemberDocument member)
    {
        json.WriteString("name", member.Name);
        json.WriteString("image", member.Image);
        if (member.Nodes is { } nodes)
            json.WriteString("nodes", nodes);
        json.WriteString("file", member.File);
        json.WriteNumber("size", member.Size);
        json.WriteString("sha256", member.Sha256);
        json.WriteString("compression", member.Compression);
    }

    // The writer indents no raw value: elements of a list bring their own line end and indentation.
    private static ReadOnlySpan<byte> OnOneLine(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, OneLine))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan;
    }
}
