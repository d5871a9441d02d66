using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Megatux.Model;
using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <content>Clients: each line that one writes is a request.</content>
public sealed partial class MonitorServer
{
    /// <summary>The most bytes of a request: with a program in it.</summary>
    private const int MostRequestBytes = 256 << 10;

    private static readonly SexpLimits RequestLimits = new() { MaxTokenBytes = MostRequestBytes, MaxMessageBytes = MostRequestBytes };

    private async Task ServeAsync(Socket client)
    {
        using var stream = new NetworkStream(client, ownsSocket: true);
        try
        {
            if (Interlocked.Increment(ref _clients) > MostClients)
                await RefuseAsync(stream, new Problem(ErrorCodes.ClientsTooMany, $"{MostClients} clients watch at the moment, and no more at once: end some of them.")).ConfigureAwait(false);
            else
                while (await ReadLineAsync(stream).ConfigureAwait(false) is { } line)
                    await AnswerAsync(line, stream, client).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The client went away, or the root ends.
        }
        finally
        {
            Interlocked.Decrement(ref _clients);
        }
    }

    private async Task AnswerAsync(byte[] line, NetworkStream stream, Socket client)
    {
        try
        {
            Datum request = Datum.Parse(line, RequestLimits);
            switch (request.Items)
            {
                case [var word] when word.IsSymbol("watch"u8):
                    await WatchAsync(null, stream, client).ConfigureAwait(false);
                    return;
                case [var word, { Kind: DatumKind.String } nodes] when word.IsSymbol("watch"u8):
                    await WatchAsync(Watched(nodes.Text), stream, client).ConfigureAwait(false);
                    return;
                case [var word] when word.IsSymbol("programs"u8):
                    await SendAsync(stream, Programs()).ConfigureAwait(false);
                    return;
                case [var word, { Kind: DatumKind.Symbol } name, { Kind: DatumKind.String } text] when word.IsSymbol("program"u8):
                    Put(name.Text, text.Text);
                    break;
                case [var word, { Kind: DatumKind.Symbol } name] when word.IsSymbol("forget"u8):
                    Forget(name.Text);
                    break;
                default:
                    throw Malformed("it is no request");
            }

            await SendAsync(stream, "(ok)"u8.ToArray()).ConfigureAwait(false);
        }
        catch (SexpException garbage)
        {
            await RefuseAsync(stream, Malformed(garbage.Message).Problem).ConfigureAwait(false);
        }
        catch (MegatuxException refused)
        {
            await RefuseAsync(stream, refused.Problem).ConfigureAwait(false);
        }
    }

    private async Task WatchAsync(NodeSet? nodes, NetworkStream stream, Socket client)
    {
        // Two wait at the most: who reads slowly is told of now, not of a while ago.
        var watcher = new Watcher(nodes, Channel.CreateBounded<byte[]>(new BoundedChannelOptions(2) { FullMode = BoundedChannelFullMode.DropOldest }));
        lock (_watchers)
            _watchers.Add(watcher);
        if (nodes is not null)
            Configure();
        try
        {
            Task gone = EndOf(client);
            while (true)
            {
                Task<byte[]> next = watcher.Reports.Reader.ReadAsync(_listener.Stopping).AsTask();
                if (await Task.WhenAny(next, gone).ConfigureAwait(false) == gone)
                    return;
                await stream.WriteAsync(await next.ConfigureAwait(false), _listener.Stopping).ConfigureAwait(false);
            }
        }
        finally
        {
            lock (_watchers)
                _watchers.Remove(watcher);
            if (nodes is not null)
                Configure();
            stream.Close();
        }
    }

    /// <summary>Is done when nobody is at the other end any more.</summary>
    private async Task EndOf(Socket client)
    {
        try
        {
            byte[] rest = new byte[64];
            while (await client.ReceiveAsync(rest, _listener.Stopping).ConfigureAwait(false) > 0)
            {
                // Who watches has nothing else to ask.
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // That is what was waited for.
        }
    }

    private NodeSet Watched(string text)
    {
        if (!NodeSet.TryParse(text, out NodeSet nodes, out _))
            throw Malformed($"'{text}' is no node set");
        NodeSet known = nodes.Intersect(_experiment.Everything);
        return known.Count <= MonitorClient.MostRawNodes ? known
            : throw new MegatuxException(ErrorCodes.MonitorNodesTooMany, $"{known.Count} nodes cannot be watched one by one, {MonitorClient.MostRawNodes} at most: name fewer of them.");
    }

    private void Put(string name, string text)
    {
        if (name == Reduction.Nodes.Name)
            throw new MegatuxException(ErrorCodes.ReductionBuiltIn, $"{name} is the reduction that is always there: give yours another name.");
        Reduction.Compile(name, text);
        lock (_watchers)
        {
            int place = _reductions.FindIndex(known => known.Name == name);
            if (place < 0 && _reductions.Count >= MostReductions)
                throw new MegatuxException(ErrorCodes.ReductionsTooMany, $"{MostReductions} reductions run already: have some forgotten (megatux mon --forget NAME).");
            if (place < 0)
                _reductions.Add((name, text));
            else
                _reductions[place] = (name, text);
            Keep();
        }

        Configure();
    }

    private void Forget(string name)
    {
        lock (_watchers)
        {
            if (name == Reduction.Nodes.Name)
                throw new MegatuxException(ErrorCodes.ReductionBuiltIn, $"{name} is the reduction that is always there, and is not forgotten.");
            if (_reductions.RemoveAll(known => known.Name == name) == 0)
                throw new MegatuxException(ErrorCodes.ReductionUnknown, $"There is no reduction {name}: see megatux mon --programs.");
            Keep();
        }

        Configure();
    }

    private void Keep()
    {
        try
        {
            KeptReductions.Write(_keptPath, _reductions.Skip(1));
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            // Then a root that is started again does not know it.
        }
    }

    private byte[] Programs()
    {
        lock (_watchers)
            return Datum.List([Datum.Atom("programs"), .. _reductions.Select(known => Datum.List(Datum.Atom(known.Name), Datum.String(known.Text)))]).ToUtf8();
    }

    private static MegatuxException Malformed(string what) => new(ErrorCodes.MonitorRequestMalformed, $"The root does not understand the request: {what}.");

    private async Task<byte[]?> ReadLineAsync(NetworkStream stream)
    {
        // A request comes at a time, and its answer before the next.
        var line = new List<byte>();
        byte[] part = new byte[4096];
        while (line.Count == 0 || line[^1] != (byte)'\n')
        {
            int read = await stream.ReadAsync(part, _listener.Stopping).ConfigureAwait(false);
            if (read == 0 || line.Count + read > MostRequestBytes)
                return null;
            line.AddRange(part.AsSpan(0, read));
        }

        return [.. line];
    }

    private Task RefuseAsync(NetworkStream stream, Problem problem) =>
        SendAsync(stream, Datum.List(Datum.Atom("refused"), Datum.String(problem.Code), Datum.String(problem.Message)).ToUtf8());

    private async Task SendAsync(NetworkStream stream, byte[] answer)
    {
        answer.AsSpan().Replace((byte)'\n', (byte)' ');
        await stream.WriteAsync((byte[])[.. answer, (byte)'\n'], _listener.Stopping).ConfigureAwait(false);
    }

    /// <summary>A client that watches.</summary>
    /// <param name="Nodes">Nodes whose samples it has as they are; null for none.</param>
    /// <param name="Reports">What it is to be told.</param>
    private sealed record Watcher(NodeSet? Nodes, Channel<byte[]> Reports);
}
