using System.Net.Sockets;
using Megatux.Model;
using Megatux.Tree;

namespace Megatux.Xproc;

/// <summary>
/// Starts and follows jobs of an experiment that runs. A root that is killed and started again is found again: what was begun
/// goes on where it was.
/// </summary>
/// <example>
/// <code>
/// var client = XprocClient.Connect("/run/megatux/laptop/xproc");
/// XprocJob job = await client.RunAsync(new JobSpec { Words = ["uname", "-r"] }, NodeSet.Parse("vm[0-49].laptop[0-1]"));
/// await foreach (JobRecord record in job.RecordsAsync())
///     Console.WriteLine($"{record.Nodes}: {record.Kind}");
/// Console.WriteLine(job.Result.Succeeded);
/// </code>
/// </example>
public sealed partial class XprocClient
{
    private readonly OwnerSocket _socket;

    private XprocClient(OwnerSocket socket) => _socket = socket;

    /// <summary>How long a root that was there may be away; 30 s unless it is set.</summary>
    public TimeSpan ReconnectLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Finds the root of an experiment.</summary>
    /// <param name="socketPath">Path of its socket: <c>xproc</c> in the experiment's run folder.</param>
    /// <exception cref="MegatuxException">Nobody answers there (<see cref="ErrorCodes.RootUnreachable"/>).</exception>
    public static XprocClient Connect(string socketPath)
    {
        ArgumentNullException.ThrowIfNull(socketPath);
        var socket = new OwnerSocket(socketPath, ErrorCodes.RootUnreachable);
        socket.Find("Nobody takes jobs");
        return new XprocClient(socket);
    }

    /// <summary>Starts a job. It goes on whatever becomes of the client.</summary>
    /// <param name="spec">What nodes are to start.</param>
    /// <param name="nodes">Which nodes. Those that are not up take no part, and are in the result.</param>
    /// <param name="cancellation">Ends the waiting; the job may have been started.</param>
    /// <exception cref="MegatuxException">The job cannot be started.</exception>
    public async Task<XprocJob> RunAsync(JobSpec spec, NodeSet nodes, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(nodes);

        // Drawn here: asked for again over another connection, it is not started twice.
        ulong number = (ulong)Random.Shared.NextInt64(1, long.MaxValue);
        var request = ClientFrame.Of(ClientFrameKind.Run, payload =>
        {
            payload.Number((long)number);
            payload.Nodes(nodes);
            XprocCodec.Write(spec, payload);
        });
        return new XprocJob(this, HeadIn(await AskAsync(request, ClientFrameKind.Job, cancellation).ConfigureAwait(false), out _), 0);
    }

    /// <summary>Finds a job that was started before.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="fromNow">True to leave out what came of it before now.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="MegatuxException">There is no such job (<see cref="ErrorCodes.JobUnknown"/>).</exception>
    public async Task<XprocJob> AttachAsync(ulong number, bool fromNow = false, CancellationToken cancellation = default)
    {
        (JobHead head, long position) = await PersistAsync(async () =>
        {
            using NetworkStream stream = Open();
            return await AttachAsync(stream, number, fromNow ? -1 : 0, cancellation).ConfigureAwait(false);
        }, cancellation).ConfigureAwait(false);
        return new XprocJob(this, head, position);
    }

    /// <summary>All jobs that are kept, the earliest first.</summary>
    public async Task<IReadOnlyList<JobSummary>> ListAsync(CancellationToken cancellation = default)
    {
        ClientFrame answer = await AskAsync(new ClientFrame(ClientFrameKind.List, []), ClientFrameKind.Jobs, cancellation).ConfigureAwait(false);
        var reader = new PayloadReader(answer.Payload);
        List<JobSummary> jobs = JobCodec.ReadJobs(ref reader);
        return reader.IsGood ? jobs : throw Garbled();
    }

    /// <summary>How the nodes are, as far as the root knows. Whoever is in none of the sets is down.</summary>
    public async Task<NodeStates> NodesAsync(CancellationToken cancellation = default)
    {
        ClientFrame answer = await AskAsync(new ClientFrame(ClientFrameKind.Nodes, []), ClientFrameKind.States, cancellation).ConfigureAwait(false);
        var reader = new PayloadReader(answer.Payload);
        NodeStates states = reader.States();
        return reader.IsGood ? states : throw Garbled();
    }

    /// <summary>Sends a signal to a job's processes.</summary>
    /// <param name="number">The job's number.</param>
    /// <param name="signal">The signal's number, 1 to 64.</param>
    /// <param name="nodes">Whose; null for all that have not ended the job.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public Task SignalAsync(ulong number, int signal, NodeSet? nodes = null, CancellationToken cancellation = default) =>
        AskAsync(ClientFrame.Of(ClientFrameKind.Signal, payload =>
        {
            payload.Number((long)number);
            payload.Nodes(nodes ?? NodeSet.Empty);
            payload.Small((uint)signal);
        }), ClientFrameKind.Done, cancellation);

    /// <summary>Kills a job's processes and waits for them no longer: nodes that have not ended the job are lost.</summary>
    /// <param name="number">The job's number.</param>
    /// <param name="nodes">Whose; null for all that have not ended the job.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public Task GiveUpAsync(ulong number, NodeSet? nodes = null, CancellationToken cancellation = default) =>
        AskAsync(ClientFrame.Of(ClientFrameKind.Lose, payload =>
        {
            payload.Number((long)number);
            payload.Nodes(nodes ?? NodeSet.Empty);
        }), ClientFrameKind.Done, cancellation);

    /// <summary>Opens a connection.</summary>
    internal NetworkStream Open() => _socket.Open();

    /// <summary>Does something over a connection, and again over another while the root goes and comes back.</summary>
    internal Task<T> PersistAsync<T>(Func<Task<T>> attempt, CancellationToken cancellation) => _socket.PersistAsync(attempt, ReconnectLimit, cancellation);

    /// <summary>Begins to follow a job.</summary>
    internal static async Task<(JobHead Head, long Position)> AttachAsync(NetworkStream stream, ulong number, long position, CancellationToken cancellation)
    {
        ClientFrame request = ClientFrame.Of(ClientFrameKind.Attach, payload =>
        {
            payload.Number((long)number);
            payload.Number(position);
        });
        JobHead head = HeadIn(await AskAsync(stream, request, ClientFrameKind.Job, cancellation).ConfigureAwait(false), out long from);
        return (head, from);
    }

    /// <summary>Asks over a connection that there is.</summary>
    /// <exception cref="MegatuxException">The root refuses.</exception>
    internal static async Task<ClientFrame> AskAsync(NetworkStream stream, ClientFrame request, ClientFrameKind expected, CancellationToken cancellation)
    {
        await request.WriteAsync(stream, cancellation).ConfigureAwait(false);
        ClientFrame answer = await ClientFrame.ReadAsync(stream, cancellation).ConfigureAwait(false) ?? throw new EndOfStreamException("the root ended the connection");
        if (answer.Kind == ClientFrameKind.Refused)
            throw Refusal(answer);
        return answer.Kind == expected ? answer : throw Garbled();
    }

    internal static InvalidDataException Garbled() => new("the root says what this client does not understand");

    private Task<ClientFrame> AskAsync(ClientFrame request, ClientFrameKind expected, CancellationToken cancellation) => PersistAsync(async () =>
    {
        using NetworkStream stream = Open();
        return await AskAsync(stream, request, expected, cancellation).ConfigureAwait(false);
    }, cancellation);

    private static JobHead HeadIn(ClientFrame answer, out long position)
    {
        var reader = new PayloadReader(answer.Payload);
        position = reader.Number();
        JobHead head = JobCodec.ReadHead(ref reader);
        return reader.IsGood ? head : throw Garbled();
    }

    private static MegatuxException Refusal(ClientFrame answer)
    {
        var reader = new PayloadReader(answer.Payload);
        (string code, string message) = (reader.Text(), reader.Text());
        return reader.IsGood ? new MegatuxException(code, message) : throw Garbled();
    }
}
