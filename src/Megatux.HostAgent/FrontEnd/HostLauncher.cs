using System.Globalization;
using System.Text;
using Megatux.Agents;
using Megatux.Hypervisors;
using Megatux.Model;

namespace Megatux.HostAgent;

/// <summary>Launches the experiment's hosts, each with the address that a real one gets by DHCP.</summary>
internal sealed class HostLauncher(Experiment experiment, RunFolder files, IHostForm form, LocalTree? tree) : INodeLauncher, IDisposable
{
    /// <summary>Answers that hosts owe.</summary>
    internal PendingAnswers Answers { get; } = new();

    /// <summary>How much guests come and go; hosts that are launched are told. On the pool's thread.</summary>
    internal ChurnSetting Churn { get; set; } = new(experiment.Churn, experiment.ChurnSeed);

    /// <summary>The nodes that are booted, of which hosts that are launched are told their own; null for all. On the pool's thread.</summary>
    internal BootSelection? Selection { get; set; }

    /// <summary>Who is to know that a host is started; null for nobody.</summary>
    internal Action<int>? Launched { get; set; }

    /// <summary>Why hosts could not do their work.</summary>
    internal HostReasons Reasons { get; } = new();

    /// <inheritdoc/>
    public int Count => checked((int)experiment.HostCount);

    /// <inheritdoc/>
    public int MostBooting => form.MostBooting;

    /// <inheritdoc/>
    public string LogNameOf(int number) => experiment.HostName(number);

    /// <inheritdoc/>
    public Machine Launch(int number)
    {
        Launched?.Invoke(number);
        HostNode host = experiment.Host(number);
        string own = Path.Combine(files.Hosts, host.Name);
        Directory.CreateDirectory(own);
        return form.Hypervisor.Launch(form.Complete(new MachineSpec
        {
            Name = host.Name,
            MemoryMiB = 0,
            CommandLine =
            [
                $"megatux.node={host.Name}",
                string.Create(CultureInfo.InvariantCulture, $"megatux.address={host.Address}/{host.PrefixLength}"),
                $"megatux.churn={Churn}",
                .. tree is null ? (string[])[] : [$"megatux.master={tree.Master}"],
                .. Selection?.TextFor(experiment, host.Name) is { } only ? (string[])[$"megatux.only={only}"] : [],
            ],
            Folder = own,
            Cable = new Cable(PhysicalNetwork.CableOf(number), PhysicalNetwork.Bridge, host.Mac, host.Interface),
            HasChannel = true,
        }, host));
    }

    /// <inheritdoc/>
    public ValueTask ReceiveAsync(int number, RunningNode node, ChannelKind kind, ReadOnlyMemory<byte> payload)
    {
        if (kind == ChannelKind.Answer)
        {
            Answers.Take(node, payload.Span);
        }
        else if (kind == ChannelKind.Failed)
        {
            Reasons.Note(number, node, payload.Span);
            node.Kill();
        }

        return default;
    }

    /// <inheritdoc/>
    public void Changed(int number, RunningNode? node, NodeState state)
    {
        tree?.Root.Changed((uint)number, state);

        // It finds it on its channel once it listens there.
        if (tree is not null && state == NodeState.Booting)
            node?.Send(ChannelKind.Key, Encoding.ASCII.GetBytes(tree.Key));
    }

    /// <inheritdoc/>
    public void Silenced(RunningNode node) => Answers.End(node);

    /// <inheritdoc/>
    public void Ended(int number, RunningNode node)
    {
        Answers.End(node);
        Reasons.End(number, node);
        string own = Path.Combine(files.Hosts, experiment.HostName(number));
        try
        {
            if (Directory.Exists(own))
                Directory.Delete(own, recursive: true);
        }
        catch (IOException)
        {
            // Another try comes with its next end, and the last with the experiment's.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Answers.Dispose();
}
