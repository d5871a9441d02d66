using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Megatux.Linux;
using Megatux.Model;

namespace Megatux.Hypervisors;

/// <summary>A machine that was started. Disposing of it kills it, with every process that it consists of.</summary>
public sealed class Machine : IAsyncDisposable, IDisposable
{
    /// <summary>Longest line of a console in characters; what a machine writes beyond is another line.</summary>
    public const int LongestLine = 4096;

    // proc(5), /proc/PID/stat: fields count from 1, the second is in parentheses; clock ticks are hundredths of a second.
    private const int UserTimeField = 14, TimeFields = 4, FieldsBehindName = 3;
    private const double TicksPerSecond = 100;

    private readonly ChildProcess _process;

    internal Machine(ChildProcess process, Stream console, Stream? channel, NetworkStream? monitor)
    {
        (_process, Console, Channel, Monitor) = (process, console, channel, monitor);
        Exit = EndAsync();
    }

    /// <summary>The exit code of the machine's first process, once that has ended; 128 and the signal's number if one killed it.</summary>
    public Task<int> Exit { get; }

    /// <summary>Its first process, as this machine counts them.</summary>
    public int Pid => _process.Pid;

    /// <summary>What the machine writes to its console and, where the hypervisor has it, reads from there.</summary>
    public Stream Console { get; }

    /// <summary>Our end of the byte pipe; null if it was not asked for.</summary>
    public Stream? Channel { get; }

    /// <summary>
    /// The most bytes that may be on their way to the machine by <see cref="Channel"/> before it has said that it took them; null
    /// where the pipe itself makes whoever writes wait.
    /// </summary>
    public int? ChannelWindow { get; internal init; }

    /// <summary>
    /// The console's lines as they come, to the end of the last of the machine's processes. To be read once; a machine
    /// that nobody reads stops when it has written what a pipe holds. What is read may be anything: the machine chooses.
    /// </summary>
    public async IAsyncEnumerable<string> ReadConsoleAsync()
    {
        using var reader = new StreamReader(Console, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, LongestLine, leaveOpen: true);
        var line = new StringBuilder();
        char[] block = new char[LongestLine];
        while (await reader.ReadAsync(block).ConfigureAwait(false) is > 0 and int count)
        {
            for (int at = 0; at < count; at++)
            {
                if (block[at] != '\n')
                    line.Append(block[at]);
                if (block[at] != '\n' && line.Length < LongestLine)
                    continue;
                yield return Take(line);
            }
        }

        if (line.Length > 0)
            yield return Take(line);
    }

    /// <summary>Ends the machine at once. <see cref="Exit"/> says when it is done; more calls do nothing.</summary>
    public void Kill() => _process.SignalGroup(Signals.Kill);

    /// <summary>Stops all of the machine's processes where they are.</summary>
    public void Pause() => _process.SignalGroup(Signals.Stop);

    /// <summary>Goes on after <see cref="Pause"/>.</summary>
    public void Resume() => _process.SignalGroup(Signals.Continue);

    /// <summary>Gives memory that the machine had and has freed back to this machine, where its hypervisor can. Takes milliseconds.</summary>
    public void GiveBackFreed() => Reclaim?.Invoke();

    /// <summary>Shows the machine a file as a block device that it can only read. What it was shown before is not shown again.</summary>
    /// <param name="path">Full path of the file, which whoever runs the machine can read.</param>
    /// <returns>The device's path in the machine; or its serial number there, behind <see cref="BlockDevices.SerialPrefix"/>, under which it appears soon.</returns>
    /// <exception cref="MegatuxException">Its hypervisor cannot, or not now.</exception>
    public string Attach(string path) => Disks?.Invoke(path)
        ?? throw new MegatuxException(ErrorCodes.DiskNotAttached, "Its hypervisor shows no block device to a machine that runs.");

    /// <summary>By which the program that runs the machine is told what to do; null where it has nothing of the kind.</summary>
    internal NetworkStream? Monitor { get; }

    /// <summary>What <see cref="Attach"/> does; null where it cannot be done.</summary>
    internal Func<string, string>? Disks { get; set; }

    /// <summary>What <see cref="GiveBackFreed"/> does; null where nothing can be done.</summary>
    internal Action? Reclaim { get; set; }

    /// <summary>
    /// Memory of this machine that its first process takes now, in bytes; 0 when it has ended. Without the pages of programs and
    /// files, which machines of the same kind share. Takes half a millisecond.
    /// </summary>
    public long MemoryUsed() => TryReadFact("smaps") is { } facts ? MappedMemory.Own(facts) : 0;

    /// <summary>Processor time that it has taken, with that of processes of its that have ended.</summary>
    public TimeSpan CpuTime()
    {
        if (TryReadFact("stat") is not { } facts)
            return default;
        string[] fields = facts[(facts.LastIndexOf(')') + 2)..].Split(' ');
        long ticks = 0;
        for (int field = UserTimeField; field < UserTimeField + TimeFields; field++)
            ticks += long.Parse(fields[field - FieldsBehindName], CultureInfo.InvariantCulture);
        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        Console.Dispose();
        Channel?.Dispose();
        Monitor?.Dispose();
        _process.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Kill();
        await Exit.ConfigureAwait(false);
        Dispose();
    }

    private async Task<int> EndAsync() => (await _process.Exit.ConfigureAwait(false)).ShellCode;

    private string? TryReadFact(string name)
    {
        try
        {
            return File.ReadAllText($"/proc/{Pid}/{name}");
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string Take(StringBuilder line)
    {
        string text = line.ToString().TrimEnd('\r');
        line.Clear();
        return text;
    }
}
