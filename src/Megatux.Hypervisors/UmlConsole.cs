using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Megatux.Hypervisors;

/// <summary>
/// The management console of a User Mode Linux (mconsole): a socket of datagrams that the kernel makes in its folder. What
/// comes from there may be anything, for a guest may have taken its kernel over.
/// </summary>
internal sealed class UmlConsole(string folder)
{
    /// <summary>The most answers to one request: /proc/meminfo takes some fifty.</summary>
    private const int MostAnswers = 256;

    /// <summary>Where the kernel makes its socket, beneath uml_dir and umid.</summary>
    private const string SocketPath = "uml/mconsole";

    /// <summary>What a guest keeps free, in KiB, so that nothing of it has to end while the rest is away.</summary>
    private const long KeptKibibytes = 1024;

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(2);

    /// <summary>How long all answers to one request may take: what came drop by drop would keep us for minutes.</summary>
    internal TimeSpan AnswersLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Has the kernel give memory that is free in the guest, and was not always, back to this machine: it unplugs what is free
    /// and plugs it in again. What cannot be done is left.
    /// </summary>
    internal void GiveBackFreed(int memoryMiB)
    {
        try
        {
            using Socket socket = Connect();
            long free = UmlConsoleFormat.FreeKibibytes(Ask(socket, "proc meminfo").Text) - KeptKibibytes;
            if (free <= 0 || free > memoryMiB * 1024L)
                return;
            Ask(socket, string.Create(CultureInfo.InvariantCulture, $"config mem=-{free}K"));
            Ask(socket, string.Create(CultureInfo.InvariantCulture, $"config mem=+{free}K"));
        }
        catch (SocketException)
        {
            // It has ended, or is too busy: its memory stays its own.
        }
    }

    /// <summary>Has the kernel do something.</summary>
    /// <param name="command">ASCII, at most 512 characters.</param>
    /// <returns>Null when it has; else why not.</returns>
    internal string? TryCommand(string command)
    {
        try
        {
            using Socket socket = Connect();
            (bool isRefused, string text) = Ask(socket, command);
            return isRefused ? $"its kernel says '{text.Trim()}' to {command}" : null;
        }
        catch (SocketException silent)
        {
            return $"its kernel does not answer ({silent.Message})";
        }
    }

    private Socket Connect()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { SendTimeout = (int)AnswerLimit.TotalMilliseconds };
        try
        {
            // A name that answers can be sent to, and that no file system has.
            socket.Bind(new UnixDomainSocketEndPoint($"\0{Guid.NewGuid():N}"));
            socket.Connect(new UnixDomainSocketEndPoint(Path.Combine(folder, SocketPath)));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private (bool IsRefused, string Text) Ask(Socket socket, string command)
    {
        socket.Send(UmlConsoleFormat.Request(command));
        byte[] buffer = new byte[UmlConsoleFormat.MessageLength];
        var answer = new StringBuilder();
        bool isRefused = false;
        long until = Environment.TickCount64 + (long)AnswersLimit.TotalMilliseconds;
        for (int answers = 0; answers < MostAnswers; answers++)
        {
            socket.ReceiveTimeout = (int)Math.Clamp(until - Environment.TickCount64, 1, (long)AnswerLimit.TotalMilliseconds);
            ReadOnlySpan<byte> came = buffer.AsSpan(0, socket.Receive(buffer));
            isRefused |= UmlConsoleFormat.IsRefusal(came);
            if (!UmlConsoleFormat.Take(came, answer))
                break;
        }

        return (isRefused, answer.ToString());
    }
}
