using System.Globalization;
using System.Text;
using Megatux.Model;
using Megatux.Xproc;

namespace Megatux.Cli;

/// <summary>What came of a job, in a line for people.</summary>
internal static class ResultText
{
    /// <summary>The line; null when all nodes succeeded and nothing is to be said.</summary>
    /// <param name="result">The result.</param>
    /// <param name="unknown">Nodes that were meant, and that the experiment does not have.</param>
    internal static string? Of(JobResult result, NodeSet unknown)
    {
        if (result.IsSuccess && unknown.IsEmpty && result.DroppedBytes == 0 && result.Problem is null)
            return null;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{result.Succeeded.Count} of {result.Count + unknown.Count} nodes succeeded");
        foreach ((int code, NodeSet nodes) in result.ByCode.Where(code => code.Key != 0))
            Append(text, string.Create(CultureInfo.InvariantCulture, $"exit code {code}"), nodes);
        Append(text, "could not start it", result.Refused);
        Append(text, "lost", result.Lost);
        Append(text, "not up", result.NotUp);
        Append(text, "not of this experiment", unknown);
        Append(text, "not over", result.Pending);
        text.Append('.');
        if (result.DroppedBytes > 0)
            text.Append(CultureInfo.InvariantCulture, $" {result.DroppedBytes} bytes of output were left out: there is more than is kept of a job.");
        if (result.Problem is { } problem)
            text.Append(' ').Append(problem);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string what, NodeSet nodes)
    {
        if (!nodes.IsEmpty)
            text.Append(CultureInfo.InvariantCulture, $"; {what}: {nodes} ({nodes.Count})");
    }
}
