using System.Runtime.CompilerServices;
using Megatux.Model;
using Megatux.Pushmon;

namespace Megatux.Cli;

/// <summary>Writes down what passes from a source to whoever looks at it.</summary>
internal sealed class RecordingSource : IMonitorSource, IDisposable
{
    private readonly IMonitorSource _source;
    private readonly string _path;
    private readonly FileStream _file;

    /// <exception cref="MegatuxException">The file cannot be written.</exception>
    internal RecordingSource(IMonitorSource source, string path)
    {
        (_source, _path) = (source, path);
        try
        {
            _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(unwritable);
        }
    }

    /// <inheritdoc/>
    public string Name => _source.Name;

    /// <inheritdoc/>
    public Experiment? Plan => _source.Plan;

    /// <inheritdoc/>
    public async IAsyncEnumerable<MonitorReport> WatchAsync(NodeSet? raw, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (MonitorReport report in _source.WatchAsync(raw, cancellation).ConfigureAwait(false))
        {
            try
            {
                // A line at once, whole even where this is killed next.
                _file.Write(report.ToLine());
            }
            catch (IOException full)
            {
                throw Unwritable(full);
            }

            yield return report;
        }
    }

    /// <inheritdoc/>
    public NodeSet SetOf(string text) => _source.SetOf(text);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private MegatuxException Unwritable(Exception inner) => new(ErrorCodes.OutputUnwritable, $"{_path} cannot be written ({inner.Message}): record elsewhere.", inner: inner);
}
