using System.Globalization;
using Megatux.Agents;
using Megatux.Hypervisors;
using Megatux.Imaging;
using Megatux.Linux;
using Megatux.Model;
using Megatux.Xproc;

namespace Megatux.HostAgent;

/// <summary>Launches a host's guests with the experiment's hypervisor. All that a guest is told is its index.</summary>
internal sealed class GuestLauncher(Experiment experiment, HostNode host, IHypervisor hypervisor, GuestFiles files, string folder, TreeRelay tree, ProgramGiver programs) : INodeLauncher
{
    private static readonly string Agent = $"/sbin/{OutputNames.Agent(ImageKind.Guest)}";

    /// <summary>Answers that guests owe.</summary>
    internal PendingAnswers Answers { get; } = new();

    /// <inheritdoc/>
    public int Count => host.Guests;

    /// <summary>How many guests boot at once: each keeps a core busy until it is up.</summary>
    public int MostBooting { get; } = 2 * Environment.ProcessorCount;

    /// <inheritdoc/>
    public string LogNameOf(int number) => InterfaceNames.Tap(number);

    /// <inheritdoc/>
    public Machine Launch(int number)
    {
        GuestNode guest = experiment.Guest(host.Rank, number);
        string own = FolderOf(guest.Number);
        Directory.CreateDirectory(own);
        int? user = GuestUsers.Of(experiment, guest);
        if (user is { } owner)
            FileNodes.ChangeOwner(own, (uint)owner, (uint)owner);
        return hypervisor.Launch(WithFiles(new MachineSpec
        {
            Name = guest.Name,
            MemoryMiB = guest.MemoryMiB,
            CommandLine = [string.Create(CultureInfo.InvariantCulture, $"megatux.index={guest.Index}")],
            Folder = own,
            Cable = new Cable(guest.Tap, InterfaceNames.BridgeOf(guest.Number), guest.Mac, guest.Interface),
            HasChannel = true,
            User = user,
        }));
    }

    private MachineSpec WithFiles(MachineSpec spec) => experiment.Hypervisor switch
    {
        Model.Hypervisor.Container => spec with { Roots = [files.RootOf(spec.Name)], Program = Agent, Shown = [(ProgramGiver.MakeFolderIn(spec.Folder), ProgramGiver.FolderInContainers)] },
        Model.Hypervisor.Uml => spec with { Kernel = files.Kernel, RootImage = files.RootImageOf(spec.Name) },
        _ => spec with { Kernel = files.Kernel, Initrd = files.InitrdOf(spec.Name) },
    };

    /// <summary>Puts a program where a guest that runs can run it.</summary>
    internal Task<GivenProgram> GiveAsync(int number, RunningNode? node, BlobId bundle) =>
        node is null ? Task.FromResult(new GivenProgram(bundle, "", "the node has ended"))
        : experiment.Hypervisor == Model.Hypervisor.Container ? programs.GiveContainerAsync(bundle, FolderOf(number))
        : programs.GiveMachineAsync(bundle, node);

    /// <inheritdoc/>
    public ValueTask ReceiveAsync(int number, RunningNode node, ChannelKind kind, ReadOnlyMemory<byte> payload)
    {
        // Only what was asked for: the rest says nothing that its host would have to know.
        if (kind == ChannelKind.Tree)
            return tree.FromLeafAsync((uint)number, payload);
        if (kind == ChannelKind.Answer)
            Answers.Take(node, payload.Span);
        return default;
    }

    /// <inheritdoc/>
    public void Changed(int number, RunningNode? node, NodeState state) => tree.Changed((uint)number, state);

    /// <inheritdoc/>
    public void Silenced(RunningNode node) => Answers.End(node);

    /// <inheritdoc/>
    public void Ended(int number, RunningNode node)
    {
        Answers.End(node);
        try
        {
            if (Directory.Exists(FolderOf(number)))
                Directory.Delete(FolderOf(number), recursive: true);
        }
        catch (IOException)
        {
            // Another try comes with its next end; whatever the guest did to it must not end its host.
        }
    }

    // Short: it is part of a socket's path.
    private string FolderOf(int number) => Path.Combine(folder, number.ToString(CultureInfo.InvariantCulture));
}
