using System.Runtime.CompilerServices;
using Megatux.Model;
using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>Reports in a file, one after the other as their root wrote them.</summary>
public static class ReportFile
{
    /// <summary>Reads a file from its start. A last report that is cut off, as that of whoever was killed while he wrote, is left out.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="MegatuxException">It cannot be read, or what is in it are no reports; the message says in which line.</exception>
    public static async IAsyncEnumerable<MonitorReport> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        using FileStream file = Open(path);
        var data = new DatumStream(file, ReportReader.Limits);
        while (await NextAsync(data, path, cancellation).ConfigureAwait(false) is { } report)
            yield return report;
    }

    private static async Task<MonitorReport?> NextAsync(DatumStream data, string path, CancellationToken cancellation)
    {
        try
        {
            return await data.ReadAsync(cancellation).ConfigureAwait(false) is { } datum ? MonitorReport.From(datum, new SourceLocation(path, datum.Position.Line)) : null;
        }
        catch (SexpException malformed)
        {
            throw ReportReader.Malformed(malformed.Message, new SourceLocation(path, malformed.Position.Line, malformed.Position.Column), malformed);
        }
        catch (IOException unreadable)
        {
            throw Unreadable(path, unreadable);
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, unreadable);
        }
    }

    private static MegatuxException Unreadable(string path, Exception inner) =>
        new(ErrorCodes.InputUnreadable, $"{path} cannot be read ({inner.Message}): name a file that megatux mon --record wrote.", inner: inner);
}
