using System.Globalization;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>The status for people.</summary>
internal static class StatusTable
{
    private const double BytesInMebibyte = 1 << 20;

    internal static void Write(TextWriter output, ExperimentStatus status)
    {
        output.WriteLine($"{"STATE",-8} {"COUNT",8}  NODES");
        foreach (string state in status.States)
        {
            Row(output, state, status.Hosts(state));
            Row(output, state, status.Guests(state));
        }

        foreach (string reason in status.Reasons)
            output.WriteLine(reason);
        long up = status.Guests("up").Count;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Guests take {status.Memory / BytesInMebibyte:0} MiB{(up > 0 ? $" ({status.Memory / BytesInMebibyte / up:0.0} MiB each)" : "")}; {status.Failures} failures, {status.Churned} rebooted by churn."));
    }

    private static void Row(TextWriter output, string state, NodeSet nodes)
    {
        if (nodes.Count > 0)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{state,-8} {nodes.Count,8}  {nodes}"));
    }
}
