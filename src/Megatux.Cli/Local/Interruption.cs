using System.Runtime.InteropServices;

namespace Megatux.Cli;

/// <summary>Takes Ctrl-C and a request to end, so that a command can leave the terminal as it found it and say a last word.</summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>What shells add to a signal's number.</summary>
    private const int SignalBase = 128;

    private readonly CancellationTokenSource _stop = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _number;

    internal Interruption()
    {
        On(PosixSignal.SIGINT, 2);
        On(PosixSignal.SIGTERM, 15);
    }

    /// <summary>Is cancelled by the first signal.</summary>
    internal CancellationToken Token => _stop.Token;

    /// <summary>The exit code of a command that the signal ended; null if there was none.</summary>
    internal int? ExitCode => _number == 0 ? null : SignalBase + _number;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _stop.Dispose();
    }

    private void On(PosixSignal signal, int number) => _registrations.Add(PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        _number = number;
        _stop.Cancel();
    }));
}
