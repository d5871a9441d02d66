using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Megatux.Cli;

/// <summary>Ctrl-C while a job is followed: once is meant for the job's processes, twice within two seconds for the command.</summary>
internal sealed class Interrupts : IDisposable
{
    private static readonly TimeSpan Twice = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _detach = new();
    private readonly PosixSignalRegistration _registration;
    private readonly Action _once;
    private long? _last;

    /// <param name="once">Is called at the first Ctrl-C, and at each that comes long after the last one.</param>
    internal Interrupts(Action once)
    {
        _once = once;
        _registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            Take(Stopwatch.GetTimestamp());
        });
    }

    /// <summary>Is cancelled by the second one.</summary>
    internal CancellationToken Detached => _detach.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _registration.Dispose();
        _detach.Dispose();
    }

    private void Take(long now)
    {
        if (_last is { } last && Stopwatch.GetElapsedTime(last, now) <= Twice)
        {
            _detach.Cancel();
            return;
        }

        _last = now;
        _once();
    }
}
