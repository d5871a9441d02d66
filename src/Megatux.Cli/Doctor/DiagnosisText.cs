using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Megatux.Cli;

/// <summary>Facts for people, one a line, and for programs.</summary>
internal static class DiagnosisText
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Line(Check check, Finding finding) =>
        $"{Word(finding.Verdict),-8} {check.Name,-16} {finding.Fact}{(finding.Remedy is { } remedy ? $" -> {remedy}" : "")}";

    /// <summary>What it all comes to.</summary>
    internal static string Conclusion(Diagnosis diagnosis) => diagnosis.Obstacles.ToArray() is { Length: > 0 } obstacles
        ? $"megatux boot cannot run here: see {string.Join(", ", obstacles)}."
        : "megatux boot can run here.";

    internal static string Json(Diagnosis diagnosis)
    {
        var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteBoolean("canBoot", !diagnosis.Obstacles.Any());
            json.WriteStartArray("facts");
            foreach ((Check check, Finding finding) in diagnosis.Facts)
            {
                json.WriteStartObject();
                json.WriteString("check", check.Name);
                json.WriteString("verdict", Word(finding.Verdict));
                json.WriteBoolean("required", check.IsRequired);
                json.WriteString("fact", finding.Fact);
                if (finding.Remedy is { } remedy)
                    json.WriteString("remedy", remedy);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static string Word(Verdict verdict) => verdict.ToString().ToLowerInvariant();
}
