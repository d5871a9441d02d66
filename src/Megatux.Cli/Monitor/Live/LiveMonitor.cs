using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Megatux.Model;
using Megatux.Pushmon;

namespace Megatux.Cli;

/// <summary>Shows an experiment on a terminal while it changes, until a key or a signal ends it.</summary>
internal sealed class LiveMonitor : IDisposable
{
    // The other screen, and no cursor; and back.
    private const string Begin = "\u001b[?1049h\u001b[?25l\u001b[2J", End = "\u001b[?25h\u001b[?1049l";
    private const int UsualWidth = 80, UsualHeight = 24;

    /// <summary>So long may nothing come before it is told.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly Channel<Action> _events = Channel.CreateBounded<Action>(256);
    private readonly IMonitorSource _source;
    private readonly TextWriter _output;
    private readonly bool _isColoured;
    private readonly LiveState _state;
    private CancellationTokenSource _watching = new();
    private Exception? _failure;
    private long _lastReport = Stopwatch.GetTimestamp();
    private bool _hasEnded;

    internal LiveMonitor(IMonitorSource source, NodeSet? nodes, TextWriter output, bool isColoured) =>
        (_source, _output, _isColoured, _state) = (source, output, isColoured, new LiveState(source, nodes));

    /// <summary>Shows it.</summary>
    /// <returns>The exit code.</returns>
    internal int Run()
    {
        using var interruption = new Interruption();
        using var resized = PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => Post(() => { }));
        _output.Write(Begin);
        try
        {
            Watch();
            if (!Console.IsInputRedirected)
                new Thread(ReadKeys) { IsBackground = true }.Start();
            Loop(interruption.Token);
        }
        finally
        {
            _watching.Cancel();
            _output.Write(End);
        }

        return _failure switch
        {
            null => interruption.ExitCode ?? 0,
            MegatuxException told => throw new MegatuxException(told.Problem, told),
            _ => throw new InvalidOperationException("The view ended.", _failure),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _watching.Dispose();

    private void Loop(CancellationToken stop)
    {
        while (!_state.IsOver && _failure is null && !stop.IsCancellationRequested)
        {
            Draw();
            using var tick = CancellationTokenSource.CreateLinkedTokenSource(stop);
            tick.CancelAfter(Tick);
            try
            {
                _events.Reader.WaitToReadAsync(tick.Token).AsTask().GetAwaiter().GetResult();
            }
            catch (OperationCanceledException)
            {
                // Time goes on where nothing comes.
            }

            while (_events.Reader.TryRead(out Action? happened) && !_state.IsOver)
                happened();
        }
    }

    private void Draw()
    {
        TimeSpan silence = Stopwatch.GetElapsedTime(_lastReport);
        (int width, int height) = Size();
        _output.Write(LiveFrame.Draw(_state, width, height, _isColoured, silence > LongestSilence && !_hasEnded ? silence : null));
    }

    private void Press(ConsoleKeyInfo key)
    {
        LiveLevel before = _state.Level;
        _state.Press(key);
        if (_state.Level == before || _source.Plan is null)
            return;
        _watching.Cancel();
        _watching.Dispose();
        Watch();
    }

    // What a watch still has to say that was ended is of nodes that are no longer shown, and left out.
    private void Watch()
    {
        _watching = new CancellationTokenSource();
        (NodeSet? nodes, CancellationToken cancellation) = (_state.Level.Nodes, _watching.Token);
        _ = Task.Run(async () =>
        {
            try
            {
                await foreach (MonitorReport report in _source.WatchAsync(nodes, cancellation).ConfigureAwait(false))
                    await _events.Writer.WriteAsync(() => Take(report), cancellation).ConfigureAwait(false);
                await _events.Writer.WriteAsync(() => _hasEnded = true, cancellation).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Other nodes are watched now, or none.
            }
            catch (Exception failure)
            {
                await _events.Writer.WriteAsync(() => _failure ??= failure, CancellationToken.None).ConfigureAwait(false);
            }
        }, CancellationToken.None);
    }

    private void Take(MonitorReport report)
    {
        _lastReport = Stopwatch.GetTimestamp();
        _state.Take(report);
    }

    private void ReadKeys()
    {
        try
        {
            while (true)
            {
                ConsoleKeyInfo key = Console.ReadKey(intercept: true);
                Post(() => Press(key));
            }
        }
        catch (Exception ended) when (ended is InvalidOperationException or IOException)
        {
            // Nobody types any more.
        }
    }

    // Keys that come faster than they can be shown are lost.
    private void Post(Action happened) => _events.Writer.TryWrite(happened);

    private static (int Width, int Height) Size()
    {
        try
        {
            (int width, int height) = (Console.WindowWidth, Console.WindowHeight);
            return width > 0 && height > 0 ? (width, height) : (UsualWidth, UsualHeight);
        }
        catch (IOException)
        {
            return (UsualWidth, UsualHeight);
        }
    }
}
