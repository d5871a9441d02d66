using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Megatux.Model;
using Megatux.Sexp;
using Megatux.Tree;

namespace Megatux.Pushmon;

/// <summary>Watches an experiment that runs, and says what its nodes' samples are reduced to. A root that is killed and started again is found again.</summary>
/// <example>
/// <code>
/// var client = MonitorClient.Connect("/run/megatux/laptop/mon");
/// await foreach (MonitorReport report in client.WatchAsync())
///     Console.WriteLine(report.Find("nodes")?.Find&lt;StatValue&gt;("load")?.Mean);
/// </code>
/// </example>
public sealed partial class MonitorClient
{
    /// <summary>The most nodes whose samples can be watched as they are.</summary>
    public const int MostRawNodes = 256;

    private readonly OwnerSocket _socket;

    private MonitorClient(OwnerSocket socket) => _socket = socket;

    /// <summary>How long a root that was there may be away; 30 s unless it is set.</summary>
    public TimeSpan ReconnectLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a root that answers may say nothing; 30 s unless it is set.</summary>
    public TimeSpan SilenceLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Finds the root of an experiment.</summary>
    /// <param name="socketPath">Path of its socket: <c>mon</c> in the experiment's run folder.</param>
    /// <exception cref="MegatuxException">Nobody answers there (<see cref="ErrorCodes.MonitorUnreachable"/>).</exception>
    public static MonitorClient Connect(string socketPath)
    {
        ArgumentNullException.ThrowIfNull(socketPath);
        var socket = new OwnerSocket(socketPath, ErrorCodes.MonitorUnreachable);
        socket.Find("Nobody reports");
        return new MonitorClient(socket);
    }

    /// <summary>Reports as they come, until it is cancelled. Goes on with the next root where one is killed.</summary>
    /// <param name="raw">Nodes whose samples are wanted as they are, <see cref="MostRawNodes"/> at most; null for none.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="MegatuxException">The root went away and did not come back in time, refuses, or says what is no report.</exception>
    public async IAsyncEnumerable<MonitorReport> WatchAsync(NodeSet? raw = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        if (raw?.Count > MostRawNodes)
            throw new MegatuxException(ErrorCodes.MonitorNodesTooMany, $"{raw} are {raw.Count} nodes: the samples of {MostRawNodes} at most are shown as they are. Name fewer.");
        Datum request = raw is null ? Datum.List(Datum.Atom("watch")) : Datum.List(Datum.Atom("watch"), Datum.String(raw.ToString()));
        NetworkStream? stream = null;
        DatumStream? data = null;
        try
        {
            while (true)
            {
                yield return await PersistAsync(async () =>
                {
                    try
                    {
                        if (data is null)
                        {
                            stream = _socket.Open();
                            await stream.WriteAsync(LineOf(request), cancellation).ConfigureAwait(false);
                            data = new DatumStream(stream, ReportReader.Limits);
                        }

                        return MonitorReport.From(await ReadAsync(data, cancellation).ConfigureAwait(false));
                    }
                    catch
                    {
                        stream?.Dispose();
                        data = null;
                        throw;
                    }
                }, cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            stream?.Dispose();
        }
    }

    private async Task<Datum> ReadAsync(DatumStream data, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(SilenceLimit);
        try
        {
            Datum said = await data.ReadAsync(limit.Token).ConfigureAwait(false) ?? throw new EndOfStreamException("the root ended the connection");
            return ReportReader.IsCalled(said, "refused"u8) ? throw Refusal(said) : said;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new MegatuxException(ErrorCodes.MonitorUnreachable,
                $"The root says nothing for {SilenceLimit.TotalSeconds:0} s: see megatux status whether the experiment runs.");
        }
        catch (SexpException malformed)
        {
            throw ReportReader.Malformed(malformed.Message, inner: malformed);
        }
    }

    // Over another connection while the root goes and comes back.
    private Task<T> PersistAsync<T>(Func<Task<T>> attempt, CancellationToken cancellation) => _socket.PersistAsync(attempt, ReconnectLimit, cancellation);

    private static byte[] LineOf(Datum request) => [.. request.ToUtf8(), (byte)'\n'];
}
