using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace Megatux.Testing;

/// <summary>What clients of a monitor's root see, without an experiment: reports as often as wanted, and a store of reductions.</summary>
public sealed class FakeMonitorRoot : IDisposable
{
    private readonly ConcurrentBag<Socket> _clients = [];
    private readonly string _path;
    private Socket _listener;

    /// <param name="path">The socket's path.</param>
    /// <param name="report">The line of a report: its number, counted from 1 on each connection, and the request.</param>
    /// <param name="pause">Time between reports.</param>
    public FakeMonitorRoot(string path, Func<int, string, string> report, TimeSpan? pause = null)
    {
        (_path, Report, Pause) = (path, report, pause ?? TimeSpan.FromMilliseconds(50));
        _listener = Listen();
    }

    /// <summary>Makes reports.</summary>
    public Func<int, string, string> Report { get; set; }

    /// <summary>Time between reports.</summary>
    public TimeSpan Pause { get; }

    /// <summary>All that was asked for, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Reductions, by name, as requests have them.</summary>
    public ConcurrentDictionary<string, string> Programs { get; } = new();

    /// <summary>Ends as a root does that is killed, and starts again.</summary>
    public void Restart()
    {
        End();
        _listener = Listen();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        End();
        File.Delete(_path);
    }

    private void End()
    {
        _listener.Dispose();
        while (_clients.TryTake(out Socket? client))
            client.Dispose();
    }

    private Socket Listen()
    {
        File.Delete(_path);
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(_path));
        listener.Listen();
        _ = Task.Run(async () =>
        {
            try
            {
                while (true)
                {
                    Socket client = await listener.AcceptAsync();
                    _clients.Add(client);
                    _ = Task.Run(() => ServeAsync(client));
                }
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
            {
                // Disposed.
            }
        });
        return listener;
    }

    private async Task ServeAsync(Socket client)
    {
        try
        {
            using var stream = new NetworkStream(client);
            using var reader = new StreamReader(stream);
            while (await reader.ReadLineAsync() is { } request)
            {
                Requests.Enqueue(request);
                if (request.StartsWith("(watch", StringComparison.Ordinal))
                    for (int number = 1; ; number++, await Task.Delay(Pause))
                        await stream.WriteAsync(Encoding.UTF8.GetBytes(Report(number, request) + "\n"));
                await stream.WriteAsync(Encoding.UTF8.GetBytes(Answer(request) + "\n"));
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException)
        {
            // The client, or this root.
        }
    }

    private string Answer(string request)
    {
        string[] words = request.Trim('(', ')').Split(' ', 3);
        switch (words[0])
        {
            case "program" when words[2].Contains("wrong", StringComparison.Ordinal):
                return $"(refused \"MTX4001\" \"1:{words[2].IndexOf("wrong", StringComparison.Ordinal)}: 'wrong' is not defined\")";
            case "program":
                Programs[words[1]] = words[2];
                return "(ok)";
            case "forget":
                return Programs.TryRemove(words[1], out _) ? "(ok)" : "(refused \"MTX4002\" \"There is no such reduction.\")";
            default:
                return $"(programs {string.Join(' ', Programs.Select(program => $"({program.Key} {program.Value})"))})";
        }
    }
}
