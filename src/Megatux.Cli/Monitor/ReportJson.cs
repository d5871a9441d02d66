using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Megatux.Pushmon;
using Megatux.Sexp;

namespace Megatux.Cli;

/// <summary>Reports for programs: an object a line.</summary>
internal static class ReportJson
{
    // Lines are read by programs and people, never as a part of a web page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A whole report, or what it says of one reduction.</summary>
    internal static byte[] Of(MonitorReport report, string? only = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
            Write(json, report, only);
        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, MonitorReport report, string? only)
    {
        json.WriteStartObject();
        json.WriteString("time", report.Time);
        json.WriteNumber("interval", report.Interval.TotalSeconds);
        json.WriteNumber("contributors", report.Contributors);
        json.WriteNumber("expected", report.Expected);
        Number(json, "oldest", report.OldestAge);
        Number(json, "newest", report.NewestAge);
        json.WriteNumber("dropped", report.Dropped);
        json.WriteStartObject("reductions");
        foreach (ReductionResult result in report.Reductions.Where(result => only is null || result.Name == only))
        {
            json.WriteStartObject(result.Name);
            foreach ((string key, ReportedValue value) in result.Values)
            {
                json.WritePropertyName(key);
                Write(json, value);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartArray("problems");
        foreach (ReductionProblem problem in report.Problems.Where(problem => only is null || problem.Name == only))
        {
            json.WriteStartObject();
            json.WriteString("reduction", problem.Name);
            json.WriteNumber("count", problem.Count);
            json.WriteString("text", problem.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (report.Raw.Count > 0 && only is null)
            WriteRaw(json, report);
        json.WriteEndObject();
    }

    private static void WriteRaw(Utf8JsonWriter json, MonitorReport report)
    {
        json.WriteStartArray("raw");
        foreach (RawSample sample in report.Raw)
        {
            json.WriteStartObject();
            json.WriteString("node", sample.Node);
            json.WriteString("time", sample.Time);
            json.WriteNumber("number", sample.Number);
            json.WriteNumber("sequence", sample.Sequence);
            json.WriteNumber("dropped", sample.Dropped);
            json.WriteStartObject("data");
            WriteData(json, sample.Data, report.SchemaOf(sample.Node));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // Fields by their names where the schema has some.
    private static void WriteData(Utf8JsonWriter json, Datum data, SampleSchema? schema)
    {
        foreach (Datum group in data.Items)
        {
            if (group.Items is not [{ Kind: DatumKind.Symbol } name, .. var values])
                continue;
            ReadOnlySpan<Datum> fields = schema is null ? [] : FieldsOf(schema.Fields, name);
            json.WritePropertyName(name.Text);
            if (fields.Length == 0 || fields.Length != values.Length)
            {
                DatumJson.Write(json, values);
                continue;
            }

            json.WriteStartObject();
            for (int at = 0; at < values.Length; at++)
            {
                json.WritePropertyName(fields[at].Text);
                DatumJson.Write(json, values[at]);
            }

            json.WriteEndObject();
        }
    }

    private static ReadOnlySpan<Datum> FieldsOf(Datum schema, Datum name)
    {
        foreach (Datum group in schema.Items)
            if (group.Items is [var first, _, .. var fields] && first.Equals(name))
                return fields;
        return [];
    }

    private static void Write(Utf8JsonWriter json, ReportedValue value)
    {
        if (value is OtherValue other)
        {
            DatumJson.Write(json, other.Datum);
            return;
        }

        json.WriteStartObject();
        switch (value)
        {
            case StatValue stat:
                json.WriteString("kind", "stat");
                json.WriteNumber("count", stat.Count);
                Number(json, "sum", stat.Sum);
                Number(json, "min", stat.Least);
                Number(json, "mean", stat.Mean);
                Number(json, "max", stat.Greatest);
                Number(json, "deviation", stat.Deviation);
                break;
            case TopValue top:
                json.WriteString("kind", "top");
                Array(json, "items", top.Items, item =>
                {
                    json.WriteStartObject();
                    json.WriteString("label", item.Label);
                    Number(json, "value", item.Value);
                    json.WriteEndObject();
                });
                break;
            case HistogramValue histogram:
                json.WriteString("kind", "histogram");
                Number(json, "low", histogram.Low);
                Number(json, "high", histogram.High);
                json.WriteNumber("under", histogram.Under);
                json.WriteNumber("over", histogram.Over);
                Array(json, "bins", histogram.Bins, json.WriteNumberValue);
                break;
            case DistinctValue distinct:
                json.WriteString("kind", "distinct");
                Number(json, "estimate", distinct.Estimate);
                break;
            case GroupValue group:
                json.WriteString("kind", "group");
                Array(json, "groups", group.Groups, one =>
                {
                    json.WriteStartObject();
                    json.WritePropertyName("value");
                    DatumJson.Write(json, one.Value);
                    json.WriteString("nodes", one.Nodes.ToString());
                    json.WriteNumber("count", one.Nodes.Count);
                    json.WriteEndObject();
                });
                json.WriteNumber("others", group.Others);
                break;
        }

        json.WriteEndObject();
    }

    private static void Array<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
            write(item);
        json.WriteEndArray();
    }

    // JSON has no infinities.
    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }
}
