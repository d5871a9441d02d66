using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Megatux.Hypervisors;

/// <summary>
/// QEMU's monitor (QMP: a JSON object a line). What comes from there may be anything, for a guest may have taken QEMU over: it is
/// bounded in length and time.
/// </summary>
internal sealed class QemuMonitor(NetworkStream stream)
{
    /// <summary>The most bytes of an answer with all the events before it.</summary>
    private const int MostBytes = 256 << 10;

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(2);

    private readonly byte[] _buffer = new byte[4096];
    private readonly StringBuilder _line = new();
    private int _at, _filled;
    private bool _isOpen;

    /// <summary>Has QEMU do something.</summary>
    /// <param name="command">The command's name.</param>
    /// <param name="arguments">Its arguments, as a JSON object.</param>
    /// <returns>Null when it has; else why not.</returns>
    internal string? TryCommand(string command, string arguments)
    {
        try
        {
            if (!_isOpen && Ask("""{"execute":"qmp_capabilities"}""") is { } closed)
                return closed;
            _isOpen = true;
            return Ask($$"""{"execute":"{{command}}","arguments":{{arguments}}}""");
        }
        catch (Exception silent) when (silent is IOException or JsonException or ObjectDisposedException)
        {
            return $"its monitor does not answer ({silent.Message})";
        }
    }

    /// <summary>A text as JSON has it.</summary>
    internal static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    private string? Ask(string request)
    {
        stream.Write(Encoding.UTF8.GetBytes(request + "\n"));
        long until = Environment.TickCount64 + (long)AnswerLimit.TotalMilliseconds;
        for (int bytes = 0; bytes < MostBytes;)
        {
            string line = ReadLine(until, MostBytes - bytes);
            bytes += line.Length + 1;
            using var answer = JsonDocument.Parse(line);

            // Events and the greeting have other names.
            if (answer.RootElement.TryGetProperty("return", out _))
                return null;
            if (answer.RootElement.TryGetProperty("error", out JsonElement error))
                return error.TryGetProperty("desc", out JsonElement text) ? text.ToString() : "QEMU does not say why";
        }

        throw new IOException("it says more than anybody asked for");
    }

    private string ReadLine(long until, int most)
    {
        _line.Clear();
        while (_line.Length < most)
        {
            if (_at == _filled)
            {
                stream.Socket.ReceiveTimeout = (int)Math.Clamp(until - Environment.TickCount64, 1, (long)AnswerLimit.TotalMilliseconds);
                (_at, _filled) = (0, stream.Read(_buffer));
                if (_filled == 0)
                    throw new IOException("it has ended");
                if (Environment.TickCount64 > until)
                    throw new IOException("it takes too long");
            }

            char next = (char)_buffer[_at++];
            if (next == '\n')
                return _line.ToString();
            _line.Append(next);
        }

        throw new IOException("it says more than anybody asked for");
    }
}
