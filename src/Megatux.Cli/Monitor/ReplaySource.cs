using System.Runtime.CompilerServices;
using System.Text;
using Megatux.Model;
using Megatux.Pushmon;

namespace Megatux.Cli;

/// <summary>A record of reports, a line each, at the pace that they came.</summary>
/// <param name="path">The file.</param>
/// <param name="speed">How many times as fast; 0 for as fast as can be.</param>
internal sealed class ReplaySource(string path, double speed) : IMonitorSource
{
    // Nobody waits for a night that a root was away, or that its clock leapt over.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public string Name => Path.GetFileName(path);

    /// <inheritdoc/>
    public Experiment? Plan => null;

    /// <inheritdoc/>
    public async IAsyncEnumerable<MonitorReport> WatchAsync(NodeSet? raw, [EnumeratorCancellation] CancellationToken cancellation)
    {
        DateTimeOffset? last = null;
        await foreach (MonitorReport report in ReportFile.ReadAsync(path, cancellation).ConfigureAwait(false))
        {
            TimeSpan pause = last is { } before && speed > 0 ? (report.Time - before) / speed : TimeSpan.Zero;
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause < LongestPause ? pause : LongestPause, cancellation).ConfigureAwait(false);
            last = report.Time;
            yield return report;
        }
    }

    /// <inheritdoc/>
    public NodeSet SetOf(string text) => NodeSet.Parse(text);
}
