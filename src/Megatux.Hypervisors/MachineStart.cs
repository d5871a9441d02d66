using System.ComponentModel;
using System.Runtime.InteropServices;
using Megatux.Linux;
using Megatux.Model;

namespace Megatux.Hypervisors;

/// <summary>
/// A machine's process as it is to be started: of a session of its own, which ends with it and with us, without input and
/// without core files. Both of its outputs are the console.
/// </summary>
internal sealed class MachineStart(string program, IReadOnlyList<string> arguments)
{
    /// <summary>The channel's descriptor in the process.</summary>
    internal const int ChannelNumber = 3;

    /// <summary>The console's descriptor in the process.</summary>
    internal const int OutputNumber = 1;

    /// <summary>The monitor's descriptor in the process.</summary>
    internal const int MonitorNumber = 4;

    private const int ErrorsNumber = 2;

    /// <summary>
    /// The channel's limit is much the longer one: a host that waits for a guest to take what is typed does not read its own
    /// channel, and must not seem to be deaf.
    /// </summary>
    private const int ConsoleLimitMs = 100, ChannelLimitMs = 5000, MonitorLimitMs = 2000;

    /// <summary>
    /// All that the first process of a container finds in its environment, the same as in a machine: whoever boots an experiment has
    /// variables that are nobody else's concern.
    /// </summary>
    private static readonly Dictionary<string, string> OfContainers = new()
    {
        ["HOME"] = "/root",
        ["TERM"] = "linux",
        ["PATH"] = ChildStart.UsualPath,
    };

    /// <summary>Variables that the process has besides ours, or, in a container, besides those of containers.</summary>
    internal Dictionary<string, string> Environment { get; } = [];

    /// <summary>True for a program that only runs well when its memory lies at the same addresses each time.</summary>
    internal bool FixedAddresses { get; init; }

    /// <summary>True for a pipe by which the program that runs the machine is told what to do.</summary>
    internal bool HasMonitor { get; init; }

    /// <summary>What surrounds the process; null for nothing.</summary>
    internal ContainerSpec? Container { get; init; }

    /// <inheritdoc cref="Machine.ChannelWindow"/>
    internal int? ChannelWindow { get; init; }

    internal Machine Run(MachineSpec spec)
    {
        var console = new MachinePipe(ConsoleLimitMs);
        MachinePipe? channel = spec.HasChannel ? new MachinePipe(ChannelLimitMs) : null;
        MachinePipe? monitor = HasMonitor ? new MachinePipe(MonitorLimitMs) : null;
        try
        {
            List<(SafeHandle, int)> descriptors = [(console.Theirs, OutputNumber), (console.Theirs, ErrorsNumber)];
            if (channel is not null)
                descriptors.Add((channel.Theirs, ChannelNumber));
            if (monitor is not null)
                descriptors.Add((monitor.Theirs, MonitorNumber));
            ChildProcess child = ChildProcess.Start(new ChildStart
            {
                Program = program,
                Arguments = arguments,
                Environment = Container is null ? null : OfContainers,
                AddedEnvironment = Environment,
                Descriptors = descriptors,
                NewSession = true,
                FixedAddresses = FixedAddresses,
                GroupEndsWithIt = true,
                Limits = [new ProcessLimit(LimitedResource.CoreBytes, 0)],
                Container = Container,
            });
            console.Theirs.Dispose();
            channel?.Theirs.Dispose();
            monitor?.Theirs.Dispose();
            return new Machine(child, console.Ours, channel?.Ours, monitor?.Ours) { ChannelWindow = ChannelWindow };
        }
        catch (Win32Exception refused)
        {
            console.Dispose();
            channel?.Dispose();
            monitor?.Dispose();
            throw new MegatuxException(ErrorCodes.MachineNotStarted, $"{spec.Name} cannot be started: {refused.Message}", inner: refused);
        }
    }
}
