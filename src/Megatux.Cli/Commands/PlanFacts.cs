using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Megatux.Cli;

/// <summary>Computed facts in the order in which they are shown, once as a table for people, once as JSON for programs.</summary>
internal sealed class PlanFacts
{
    private static readonly JsonWriterOptions Json = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly List<(string Key, string Label, object Value)> _facts = [];

    public PlanFacts Add(string key, string label, long value) => AddFact(key, label, value);

    public PlanFacts Add(string key, string label, PlanFacts value) => AddFact(key, label, value);

    public PlanFacts Add(string key, string label, IReadOnlyList<string> values) => AddFact(key, label, values);

    /// <summary>Adds a fact unless there is none.</summary>
    public PlanFacts Add(string key, string label, object? value) =>
        value is null ? this : AddFact(key, label, value.ToString()!);

    /// <summary>Two columns; a list takes a line for each of its values.</summary>
    public string ToTable()
    {
        int width = _facts.Max(fact => fact.Label.Length);
        var text = new StringBuilder();
        foreach ((_, string label, object value) in _facts)
        {
            string name = label;
            foreach (string line in value is IReadOnlyList<string> lines ? lines : [Line(value)])
            {
                text.Append(name.PadRight(width)).Append("  ").Append(line).Append('\n');
                name = "";
            }
        }

        return text.ToString();
    }

    /// <summary>One object, each fact a property.</summary>
    public string ToJson()
    {
        var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Json))
            Write(writer);
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length) + "\n";
    }

    private PlanFacts AddFact(string key, string label, object value)
    {
        _facts.Add((key, label, value));
        return this;
    }

    private static string Line(object value) => value is PlanFacts facts
        ? string.Join(", ", facts._facts.Select(fact => $"{fact.Label} {Line(fact.Value)}".TrimStart()))
        : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach ((string key, _, object value) in _facts)
        {
            writer.WritePropertyName(key);
            switch (value)
            {
                case long number:
                    writer.WriteNumberValue(number);
                    break;
                case PlanFacts facts:
                    facts.Write(writer);
                    break;
                case IReadOnlyList<string> values:
                    writer.WriteStartArray();
                    foreach (string one in values)
                        writer.WriteStringValue(one);
                    writer.WriteEndArray();
                    break;
                default:
                    writer.WriteStringValue((string)value);
                    break;
            }
        }

        writer.WriteEndObject();
    }
}
