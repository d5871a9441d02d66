using System.Diagnostics;
using System.Globalization;
using Megatux.Hypervisors;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>Reads a console until the machine is up and powered off, or has failed.</summary>
/// <param name="name">The node's name.</param>
/// <param name="clock">Runs since the machine was launched.</param>
/// <param name="console">Where the console is shown; null for nowhere.</param>
internal sealed class BootWatch(string name, Stopwatch clock, TextWriter? console)
{
    private const int MostLastLines = 20;

    // kernel/panic.c: panic().
    private const string PanicMark = "Kernel panic - not syncing";

    /// <summary>How long a machine that is up may take to power off before it is killed.</summary>
    private static readonly TimeSpan PowerOffTime = TimeSpan.FromSeconds(10);

    /// <summary>How long a kernel that panicked may go on to say where it was.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    private readonly string _upMark = $"megatux: {name} is up";
    private readonly Queue<string> _lastLines = [];
    private TimeSpan? _upAfter;
    private string? _panic;
    private bool _late;

    /// <summary>Reads the console to its end.</summary>
    /// <exception cref="OperationCanceledException">It was stopped before it was up.</exception>
    internal async Task RunAsync(Machine machine, TimeSpan limit, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using CancellationTokenRegistration kill = end.Token.Register(machine.Kill);
        end.CancelAfter(limit);
        await foreach (string line in machine.ReadConsoleAsync().ConfigureAwait(false))
        {
            string text = ConsoleText.Printable(line);
            Show(text);
            if (Note(text) is { } grace)
                end.CancelAfter(grace);
        }

        _late = end.IsCancellationRequested;
        if (_upAfter is null)
            stop.ThrowIfCancellationRequested();
    }

    /// <summary>How it went.</summary>
    /// <param name="machine">What ran, in words.</param>
    /// <param name="exitCode">The machine's exit code.</param>
    /// <param name="limit">How long the node might have taken to come up.</param>
    internal BootReport Report(string machine, int exitCode, TimeSpan limit)
    {
        string summary = $"{name} is up after {Seconds(_upAfter ?? clock.Elapsed)} s ({machine}).";
        return new BootReport(summary, _upAfter is null ? WhyNot(machine, exitCode, limit) : null, _lastLines);
    }

    private void Show(string text)
    {
        try
        {
            console?.WriteLine(text);
        }
        catch (IOException unread)
        {
            throw new OperationCanceledException("Nobody reads the console any more.", unread);
        }
    }

    // The first that happens counts. What comes behind a panic is its stack, which would push out what led to it.
    private TimeSpan? Note(string text)
    {
        if (_upAfter is not null || _panic is not null)
            return null;
        _lastLines.Enqueue(text);
        if (_lastLines.Count > MostLastLines)
            _lastLines.Dequeue();
        if (text.EndsWith(_upMark, StringComparison.Ordinal))
        {
            _upAfter = clock.Elapsed;
            return PowerOffTime;
        }

        // The kernel says it on a line of its own, behind the time at most; a program may speak of panic anywhere.
        int at = text.IndexOf(PanicMark, StringComparison.Ordinal);
        if (at < 0 || (at > 0 && !text.AsSpan(0, at).EndsWith("] ")))
            return null;
        _panic = text[(at + PanicMark.Length)..].TrimStart(':', ' ');
        return LastWords;
    }

    private Problem WhyNot(string machine, int exitCode, TimeSpan limit) => this switch
    {
        { _panic: { } panic } => new Problem(ErrorCodes.BootPanicked, $"{name} ({machine}) did not come up: its kernel panicked: {panic}"),
        { _late: true } => new Problem(ErrorCodes.BootTimedOut,
            $"{name} ({machine}) did not come up in {Seconds(limit)} s: it has not said '{_upMark}'. Look at the console (--console) or give it longer (--timeout)."),
        _ => new Problem(ErrorCodes.BootEnded,
            $"{name} ({machine}) ended, with exit code {exitCode}, before it said '{_upMark}'. Look at the console (--console)."),
    };

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
}
