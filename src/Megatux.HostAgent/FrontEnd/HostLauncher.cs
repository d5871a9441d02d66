using System.Globalization;
using Megatux.Agents;
using Megatux.Hypervisors;
using Megatux.Imaging;
using Megatux.Model;

namespace Megatux.HostAgent;

/// <summary>Launches the experiment's hosts as containers of their own image, with the address that a real one gets by DHCP.</summary>
internal sealed class HostLauncher(Manifest manifest, RunFolder files) : INodeLauncher, IDisposable
{
    private static readonly string Agent = $"/sbin/{OutputNames.Agent(ImageKind.Host)}";

    private readonly Experiment _experiment = manifest.Experiment;
    private readonly Container _hypervisor = new();

    /// <summary>Answers that hosts owe.</summary>
    internal PendingAnswers Answers { get; } = new();

    /// <summary>How much guests come and go; hosts that are launched are told. On the pool's thread.</summary>
    internal ChurnSetting Churn { get; set; } = new(manifest.Experiment.Churn, manifest.Experiment.ChurnSeed);

    /// <summary>The nodes that are booted, of which hosts that are launched are told their own; null for all. On the pool's thread.</summary>
    internal BootSelection? Selection { get; set; }

    /// <summary>Why hosts could not do their work.</summary>
    internal HostReasons Reasons { get; } = new();

    /// <inheritdoc/>
    public int Count => checked((int)_experiment.HostCount);

    /// <inheritdoc/>
    public int MostBooting { get; } = 4 * Environment.ProcessorCount;

    /// <inheritdoc/>
    public string LogNameOf(int number) => _experiment.HostName(number);

    /// <inheritdoc/>
    public Machine Launch(int number)
    {
        HostNode host = _experiment.Host(number);
        string own = Path.Combine(files.Hosts, host.Name);
        Directory.CreateDirectory(own);
        return _hypervisor.Launch(new MachineSpec
        {
            Name = host.Name,
            Roots = [files.RootOf(NodeInitrd.FilesOf(manifest, "/", host))],
            Program = Agent,
            MemoryMiB = _experiment.HostMemoryMiB ?? 0,
            CommandLine =
            [
                $"megatux.node={host.Name}",
                string.Create(CultureInfo.InvariantCulture, $"megatux.address={host.Address}/{host.PrefixLength}"),
                $"megatux.churn={Churn}",
                .. Selection?.TextFor(_experiment, host.Name) is { } only ? (string[])[$"megatux.only={only}"] : [],
            ],
            Folder = own,
            Cable = new Cable(PhysicalNetwork.CableOf(number), PhysicalNetwork.Bridge, host.Mac, host.Interface),
            HasChannel = true,
            HostsMachines = true,
        });
    }

    /// <inheritdoc/>
    public void Received(int number, RunningNode node, ChannelKind kind, ReadOnlySpan<byte> payload)
    {
        if (kind == ChannelKind.Answer)
        {
            Answers.Take(node, payload);
        }
        else if (kind == ChannelKind.Failed)
        {
            Reasons.Note(number, node, payload);
            node.Kill();
        }
    }

    /// <inheritdoc/>
    public void Ended(int number, RunningNode node)
    {
        Answers.End(node);
        Reasons.End(number, node);
        string own = Path.Combine(files.Hosts, _experiment.HostName(number));
        if (Directory.Exists(own))
            Directory.Delete(own, recursive: true);
    }

    /// <inheritdoc/>
    public void Dispose() => Answers.Dispose();
}
