namespace Megatux.Model;

// From a manifest to the file's bytes.
public partial class Manifest
{
    /// <summary>The file's bytes: UTF-8 with a line end at the end, the same for the same manifest.</summary>
    /// <exception cref="InvalidOperationException"><see cref="Check"/> finds something wrong.</exception>
    public byte[] ToJson()
    {
        if (Check() is [{ } problem, ..])
            throw new InvalidOperationException($"A manifest that nobody could use: {problem}");
        return ManifestText.Write(ToDocument());
    }

    private ManifestDocument ToDocument() => new()
    {
        Schema = SchemaVersion,
        Experiment = ToDocument(Experiment),
        Xproc = new XprocDocument { Enabled = Xproc.Enabled, ListenInterface = Xproc.ListenInterface, Port = Xproc.Port },
        Pushmon = Pushmon.IntervalMs == PushmonSettings.DefaultIntervalMs ? null : new PushmonDocument { IntervalMs = Pushmon.IntervalMs },
        Kernels = new KernelsDocument { Host = ToDocument(HostKernel), Guest = ToDocument(GuestKernel) },
        Members = [.. Members.Select(ToDocument)],
    };

    private static ExperimentDocument ToDocument(Experiment experiment) => new()
    {
        Name = experiment.Name,
        Hosts = experiment.Hosts.ToString(),
        VmsPerHost = experiment.VmsPerHost,
        GuestNetworkBase = experiment.GuestNetworkBase.ToString(),
        GuestPrefixLength = experiment.GuestPrefixLength,
        VmMemoryMiB = experiment.VmMemoryMiB,
        HostMemoryMiB = experiment.HostMemoryMiB,
        MemoryOvercommit = experiment.MemoryOvercommit,
        Churn = experiment.Churn == 0 ? null : experiment.Churn,
        ChurnSeed = experiment.ChurnSeed == 0 ? null : experiment.ChurnSeed,
        HostNetwork = experiment.HostNetwork.ToString(),
        FirstHostAddress = experiment.FirstHostAddress.ToString(),
        HostGateway = experiment.HostGateway?.ToString(),
        HostIdentity = EnumNames.NameOf(experiment.HostIdentity),
        HostInterface = experiment.HostInterface,
        MacPrefix = experiment.MacPrefix.ToString(),
        Hypervisor = EnumNames.NameOf(experiment.Hypervisor),

        // Steps as they are: what is every second of a million nodes is not to be listed.
        Groups = experiment.Groups.Count == 0 ? null : [.. experiment.Groups.Select(group => new GroupDocument { Name = group.Name, Nodes = group.Nodes.ToString(steps: true) })],
        Equations = experiment.Equations.Count == 0 ? null
            : [.. experiment.Equations.Select(equation => new EquationDocument { Function = equation.Function, Expression = equation.Expression, Inverse = equation.Inverse })],
    };

    private static KernelDocument? ToDocument(ManifestKernel? kernel) => kernel is null
        ? null
        : new KernelDocument { File = kernel.File, Sha256 = kernel.Sha256, Version = kernel.Version };

    private static MemberDocument ToDocument(ManifestMember member) => new()
    {
        Name = member.Name,
        Image = EnumNames.NameOf(member.Image),
        Nodes = member.Nodes?.ToString(),
        File = member.File,
        Size = member.Size,
        Sha256 = member.Sha256,
        Compression = EnumNames.NameOf(member.Compression),
    };
}
