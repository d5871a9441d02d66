using System.Net.Sockets;
using System.Text;
using Megatux.Agents;

namespace Megatux.HostAgent;

/// <summary>
/// Takes requests from the command line on a socket that only its owner can reach: a line of text, answered by text until
/// the connection ends.
/// </summary>
internal sealed class ControlServer(string path, ControlRequests requests) : IDisposable
{
    private const int LongestRequest = 1 << 16;

    /// <summary>How long a client may not read what it asked for; while it does not, the host whose answer it is waits.</summary>
    private const int SendLimitMs = 2000;

    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    internal void Start()
    {
        File.Delete(path);
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _listener.Listen();
        new Thread(Accept) { IsBackground = true }.Start();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        File.Delete(path);
    }

    private void Accept()
    {
        try
        {
            while (true)
            {
                Socket client = _listener.Accept();
                new Thread(() => Serve(client)) { IsBackground = true }.Start();
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The front-end ends.
        }
    }

    private void Serve(Socket client)
    {
        try
        {
            using var stream = new NetworkStream(client, ownsSocket: true);
            client.SendTimeout = SendLimitMs;
            if (ReadLine(client) is { } request)
                requests.Answer(RequestText.FromLine(request), stream);
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException)
        {
            // Nobody reads the answer.
        }
        catch (Exception failure)
        {
            FirstProcess.Say($"a request failed: {failure}");
        }
    }

    /// <summary>Takes a line and nothing behind it: that is what a person types, for whoever answers the request.</summary>
    private static string? ReadLine(Socket client)
    {
        byte[] line = new byte[LongestRequest];
        for (int length = 0; length < line.Length;)
        {
            int seen = client.Receive(line, length, line.Length - length, SocketFlags.Peek);
            int end = Array.IndexOf(line, (byte)'\n', length, seen);
            if (seen == 0)
                return null;
            length += client.Receive(line, length, end < 0 ? seen : end + 1 - length, SocketFlags.None);
            if (end >= 0)
                return Encoding.UTF8.GetString(line, 0, end);
        }

        return null;
    }
}
