using System.Globalization;
using Megatux.Linux;
using Megatux.Model;
using Megatux.Xproc;

namespace Megatux.Cli;

/// <summary>Follows a job until it is over, or until nobody wants to wait any more.</summary>
internal sealed class JobFollow(XprocJob job, IJobDisplay display, ByteOutput error)
{
    /// <summary>What timeout(1) exits with.</summary>
    internal const int TimedOut = 124;

    /// <summary>What shells report of a command that Ctrl-C ended.</summary>
    internal const int Interrupted = 128 + Signals.Interrupt;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Dictionary<LineText, NodeSet> _refusals = [];

    /// <summary>How long to wait; null for as long as it takes.</summary>
    internal TimeSpan? Limit { get; init; }

    /// <summary>What the processes read; null for nothing.</summary>
    internal Stream? Input { get; init; }

    /// <summary>False where records themselves say why nodes could not start it.</summary>
    internal bool TellsRefusals { get; init; } = true;

    /// <summary>Follows it.</summary>
    /// <returns>Null when it is over; else the exit code of a command that does not wait for that.</returns>
    internal int? Run() => RunAsync().GetAwaiter().GetResult();

    private async Task<int?> RunAsync()
    {
        using var interrupts = new Interrupts(() => _ = InterruptAsync());
        using var late = new CancellationTokenSource(Limit ?? Timeout.InfiniteTimeSpan);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(interrupts.Detached, late.Token);
        if (Input is not null)
            _ = Task.Run(() => FeedAsync(stop.Token));
        try
        {
            await ShowAsync(stop.Token).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            string number = JobNumber.Text(job.Head.Number);
            error.Line(interrupts.Detached.IsCancellationRequested
                ? $"Job {number} goes on: megatux attach {number}, or megatux kill {number}."
                : new Problem(ErrorCodes.JobNotOver, string.Create(CultureInfo.InvariantCulture,
                    $"Job {number} is not over after {Limit!.Value.TotalSeconds:0.###} s. It goes on: megatux attach {number}, or megatux kill {number}.")).ToString());
            return interrupts.Detached.IsCancellationRequested ? Interrupted : TimedOut;
        }
        finally
        {
            display.End();
            foreach ((LineText reason, NodeSet nodes) in _refusals)
                error.Line($"{nodes}: ", reason.Bytes.Span);
            error.Flush();
        }
    }

    private async Task ShowAsync(CancellationToken stop)
    {
        Task tick = Task.Delay(Second, CancellationToken.None);
        await using IAsyncEnumerator<JobRecord> records = job.RecordsAsync(stop).GetAsyncEnumerator(CancellationToken.None);
        while (true)
        {
            Task<bool> next = records.MoveNextAsync().AsTask();
            while (!next.IsCompleted && await Task.WhenAny(next, tick).ConfigureAwait(false) == tick)
                tick = Tick();
            if (!await next.ConfigureAwait(false))
                return;
            Take(records.Current);
            if (tick.IsCompleted)
                tick = Tick();
        }
    }

    private Task Tick()
    {
        display.Tick();
        return Task.Delay(Second, CancellationToken.None);
    }

    private void Take(JobRecord record)
    {
        display.Take(record);
        if (record.Kind != RecordKind.Refused || !TellsRefusals)
            return;
        var reason = new LineText(record.Bytes);
        _refusals[reason] = _refusals.TryGetValue(reason, out NodeSet? others) ? others.Union(record.Nodes) : record.Nodes;
    }

    private async Task InterruptAsync()
    {
        try
        {
            await job.SignalAsync(Signals.Interrupt).ConfigureAwait(false);
        }
        catch (MegatuxException gone)
        {
            error.Line(gone.Problem.ToString());
            error.Flush();
        }
    }

    private async Task FeedAsync(CancellationToken stop)
    {
        byte[] buffer = new byte[XprocJob.LongestInput];
        try
        {
            for (int read = 1; read > 0;)
            {
                read = await Input!.ReadAsync(buffer, stop).ConfigureAwait(false);
                await job.InputAsync(buffer.AsMemory(0, read), isLast: read == 0, stop).ConfigureAwait(false);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or MegatuxException or IOException or ObjectDisposedException)
        {
            // Whoever follows the job learns of the same end; what was read so far has been passed on.
        }
    }
}
