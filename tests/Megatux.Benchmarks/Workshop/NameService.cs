using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Megatux.Benchmarks;

/// <summary>A name server on a loopback port, ended with its children when disposed.</summary>
internal sealed class NameService : IDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Process _process;
    private readonly string _port;

    /// <summary>Starts it, and waits until it answers a question as it should.</summary>
    internal NameService(string port, string name, string address, string program, params string[] arguments)
    {
        _port = port;
        _process = Process.Start(new ProcessStartInfo(Command.Find(program) ?? program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        long start = Stopwatch.GetTimestamp();
        while (Command.Run("dig", ["+short", "+time=1", "+tries=1", "-p", port, "@127.0.0.1", name]).Output.Trim() != address)
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(start) > StartDeadline)
            {
                Dispose();
                throw new InvalidOperationException($"{program} does not answer {name}");
            }

            Thread.Sleep(Pause);
        }
    }

    /// <summary>A port that nobody uses at the moment.</summary>
    internal static string FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Asks all questions of a file, by dnsperf; none may be lost or answered otherwise than with NOERROR.</summary>
    internal void AnswerAll(string questions)
    {
        string said = Shell.Run("dnsperf", "-s", "127.0.0.1", "-p", _port, "-d", questions, "-n", "1", "-c", "4", "-q", "64", "-t", "30");
        if (!said.Contains("NOERROR", StringComparison.Ordinal) || !said.Contains("(100.00%)", StringComparison.Ordinal) || !said.Contains("lost:         0 ", StringComparison.Ordinal))
            throw new InvalidOperationException($"not every question was answered:\n{said}");
    }

    /// <summary>Resident bytes of the process, or of the largest of its children if that has more.</summary>
    internal long Resident()
    {
        IEnumerable<string> children = Shell.Run("ps", "-o", "pid=", "--ppid", $"{_process.Id}", "--pid", $"{_process.Id}")
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return children.Max(id => ResidentOf(id));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static long ResidentOf(string id)
    {
        const string Field = "VmRSS:";
        string line = File.ReadLines($"/proc/{id}/status").First(line => line.StartsWith(Field, StringComparison.Ordinal));
        return 1024 * long.Parse(line[Field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
