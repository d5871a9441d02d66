using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>What has come of checks, for programs: an object a line.</summary>
internal static class OutcomeJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A check.</summary>
    internal static string Of(CheckOutcome outcome) => Line(json =>
    {
        json.WriteString("check", outcome.Name);
        json.WriteString("result", outcome.IsSkipped ? "skip" : outcome.IsPassed ? "pass" : "fail");
        json.WriteNumber("nodes", outcome.Nodes);
        json.WriteNumber("passed", outcome.Passed);
        json.WriteString("expected", outcome.Quota.ToString());
        json.WriteNumber("seconds", Math.Round(outcome.Elapsed.TotalSeconds, 3));
        json.WriteStartArray("failures");
        foreach ((NodeSet nodes, string reason) in outcome.Failures)
        {
            json.WriteStartObject();
            json.WriteString("nodes", nodes.ToString());
            json.WriteNumber("count", nodes.Count);
            json.WriteString("reason", reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>All of them.</summary>
    internal static string Of(string experiment, IReadOnlyCollection<CheckOutcome> outcomes) => Line(json =>
    {
        json.WriteStartObject("result");
        json.WriteString("experiment", experiment);
        json.WriteNumber("checks", outcomes.Count);
        json.WriteNumber("passed", outcomes.Count(outcome => outcome.IsPassed));
        json.WriteNumber("failed", outcomes.Count(outcome => outcome.IsFailed));
        json.WriteNumber("skipped", outcomes.Count(outcome => outcome.IsSkipped));
        json.WriteEndObject();
    });

    private static string Line(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}
