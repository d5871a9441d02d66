using System.Net.Sockets;
using Megatux.Model;

namespace Megatux.Xproc;

/// <content>Clients: each asks one thing after the other, and following a job ends with the job.</content>
public sealed partial class JobServer
{
    /// <summary>How long the root may take to do what is asked; it never does, unless it stands still.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(20);

    private async Task ServeAsync(Socket client)
    {
        using var stream = new NetworkStream(client, ownsSocket: true);
        try
        {
            if (Interlocked.Increment(ref _clients) > MostClients)
                await RefuseAsync(stream, new Problem(ErrorCodes.ClientsTooMany, $"{MostClients} clients are served at the moment, and no more at once: end some of those that follow jobs.")).ConfigureAwait(false);
            else
                while (await ClientFrame.ReadAsync(stream, _listener.Stopping).ConfigureAwait(false) is { } request)
                    await AnswerAsync(request, stream, client).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is IOException or InvalidDataException or SocketException or ObjectDisposedException or OperationCanceledException or TimeoutException)
        {
            // The client went away, or sends what is no request; or the root ends.
        }
        finally
        {
            Interlocked.Decrement(ref _clients);
        }
    }

    private async Task AnswerAsync(ClientFrame request, NetworkStream stream, Socket client)
    {
        (StoredJob Job, long Position)? followed = null;
        try
        {
            switch (request.Kind)
            {
                case ClientFrameKind.Run:
                    await SendJobAsync(stream, await OnRootAsync(() => Run(request.Payload)).ConfigureAwait(false), 0).ConfigureAwait(false);
                    break;
                case ClientFrameKind.Attach:
                    followed = await OnRootAsync(() => Attach(request.Payload)).ConfigureAwait(false);
                    await SendJobAsync(stream, followed.Value.Job, followed.Value.Position).ConfigureAwait(false);
                    break;
                case ClientFrameKind.Input:
                    await InputAsync(request.Payload).ConfigureAwait(false);
                    await DoneAsync(stream).ConfigureAwait(false);
                    break;
                case ClientFrameKind.Signal:
                    await OnRootAsync(() => Signal(request.Payload)).ConfigureAwait(false);
                    await DoneAsync(stream).ConfigureAwait(false);
                    break;
                case ClientFrameKind.Lose:
                    await OnRootAsync(() => Lose(request.Payload)).ConfigureAwait(false);
                    await DoneAsync(stream).ConfigureAwait(false);
                    break;
                case ClientFrameKind.List:
                    await SendAsync(stream, await OnRootAsync(List).ConfigureAwait(false)).ConfigureAwait(false);
                    break;
                case ClientFrameKind.Nodes:
                    await SendAsync(stream, await OnRootAsync(Nodes).ConfigureAwait(false)).ConfigureAwait(false);
                    break;
                case ClientFrameKind.Lacks:
                    await SendAsync(stream, await OnRootAsync(() => Lacks(request.Payload)).ConfigureAwait(false)).ConfigureAwait(false);
                    break;
                case ClientFrameKind.Blob:
                    await OnRootAsync(() => Keep(request.Payload)).ConfigureAwait(false);
                    await DoneAsync(stream).ConfigureAwait(false);
                    break;
                default:
                    throw Malformed();
            }
        }
        catch (MegatuxException refused)
        {
            await RefuseAsync(stream, refused.Problem).ConfigureAwait(false);
        }

        if (followed is var (job, position))
            await FollowAsync(job, position, stream, client).ConfigureAwait(false);
    }

    private async Task FollowAsync(StoredJob job, long position, NetworkStream stream, Socket client)
    {
        using JobReader reader = job.OpenReader();
        Task gone = EndOf(client);
        while (true)
        {
            // Asked for before looking, so that nothing is missed in between.
            Task changed = job.Changed;
            bool isOver = job.IsOver;
            if (reader.Read(position) is { IsEmpty: false } entries)
            {
                position += entries.Length;
                await SendAsync(stream, ClientFrame.Of(ClientFrameKind.Records, payload =>
                {
                    payload.Number(position);
                    payload.Bytes(entries.Span);
                })).ConfigureAwait(false);
            }
            else if (isOver)
            {
                await SendAsync(stream, ClientFrame.Of(ClientFrameKind.Ended, payload => JobCodec.Write(job.Result, payload))).ConfigureAwait(false);
                return;
            }
            else if (await Task.WhenAny(changed, gone).WaitAsync(_listener.Stopping).ConfigureAwait(false) == gone)
            {
                return;
            }
        }
    }

    /// <summary>Is done when nobody is at the other end any more, so that nobody is waited for in vain.</summary>
    private async Task EndOf(Socket client)
    {
        try
        {
            // Something that comes meanwhile is the next request.
            if (await client.ReceiveAsync(new byte[1], SocketFlags.Peek, _listener.Stopping).ConfigureAwait(false) > 0)
                await Task.Delay(Timeout.Infinite, _listener.Stopping).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // That is what was waited for.
        }
    }

    private Task SendJobAsync(NetworkStream stream, StoredJob job, long position) => SendAsync(stream, ClientFrame.Of(ClientFrameKind.Job, payload =>
    {
        payload.Number(position);
        JobCodec.Write(job.Head, payload);
    }));

    private Task DoneAsync(NetworkStream stream) => SendAsync(stream, new ClientFrame(ClientFrameKind.Done, []));

    private Task RefuseAsync(NetworkStream stream, Problem problem) => SendAsync(stream, ClientFrame.Of(ClientFrameKind.Refused, payload =>
    {
        payload.Text(problem.Code);
        payload.Text(problem.Message);
    }));

    private Task SendAsync(NetworkStream stream, ClientFrame frame) => frame.WriteAsync(stream, _listener.Stopping);

    private async Task<T> OnRootAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _post(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        });
        return await done.Task.WaitAsync(AnswerLimit, _listener.Stopping).ConfigureAwait(false);
    }
}
