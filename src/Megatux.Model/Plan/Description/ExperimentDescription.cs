namespace Megatux.Model;

/// <summary>
/// An experiment as a project file describes it: text, unread. Null or blank means that the project leaves it out;
/// then <see cref="ExperimentDefaults"/> speaks. Blanks around a value do not count.
/// </summary>
public sealed record ExperimentDescription
{
    /// <summary><c>ExperimentName</c>; must be given.</summary>
    public string? Name { get; init; }

    /// <summary><c>PhysicalHosts</c>, a node set; must be given.</summary>
    public string? PhysicalHosts { get; init; }

    /// <summary><c>VmsPerHost</c>, a number from 0; must be given.</summary>
    public string? VmsPerHost { get; init; }

    /// <summary><c>VmNetworkStart</c>, an IPv4 address.</summary>
    public string? VmNetworkStart { get; init; }

    /// <summary><c>VmNetmask</c>: 16, /16 or 255.255.0.0.</summary>
    public string? VmNetmask { get; init; }

    /// <summary><c>VmMemory</c>: MiB, or with a unit 30M, 2G.</summary>
    public string? VmMemory { get; init; }

    /// <summary><c>HostMemory</c>: MiB, or with a unit 512M, 64G. Left out: unknown, and not checked.</summary>
    public string? HostMemory { get; init; }

    /// <summary><c>MemoryOvercommit</c>, a ratio such as 1.5.</summary>
    public string? MemoryOvercommit { get; init; }

    /// <summary><c>Churn</c>: 0.11, or 0.5/hour.</summary>
    public string? Churn { get; init; }

    /// <summary><c>ChurnSeed</c>, a number from 0.</summary>
    public string? ChurnSeed { get; init; }

    /// <summary><c>HostNetwork</c>: 172.31.0.0/16.</summary>
    public string? HostNetwork { get; init; }

    /// <summary><c>FirstHostAddress</c>. Left out: the lowest that leaves the gateway out of the hosts' addresses.</summary>
    public string? FirstHostAddress { get; init; }

    /// <summary><c>HostGateway</c>, an IPv4 address. Left out: none.</summary>
    public string? HostGateway { get; init; }

    /// <summary><c>HostIdentity</c>: address or hostname.</summary>
    public string? HostIdentity { get; init; }

    /// <summary><c>HostInterface</c>: an interface's name.</summary>
    public string? HostInterface { get; init; }

    /// <summary><c>MacPrefix</c>: one to five octets, 02:4d.</summary>
    public string? MacPrefix { get; init; }

    /// <summary><c>Hypervisor</c>: uml, qemu or container.</summary>
    public string? Hypervisor { get; init; }

    /// <summary><c>NodeGroup</c> items, in the project's order.</summary>
    public IReadOnlyList<GroupDescription> Groups { get; init; } = [];

    /// <summary><c>NodeEquation</c> items, in the project's order.</summary>
    public IReadOnlyList<EquationDescription> Equations { get; init; } = [];

    /// <summary>Reads and checks everything, equations on thousands of nodes.</summary>
    /// <param name="compiler">What compiles equations.</param>
    /// <returns>The experiment, if nothing is wrong; else null and all that is wrong.</returns>
    public (Experiment? Experiment, IReadOnlyList<Problem> Problems) Resolve(IEquationCompiler compiler) =>
        new ExperimentReader(this, compiler, EquationSamples.Many).Read();

    /// <summary>The same, with equations on few nodes: for what was checked when it was built.</summary>
    internal (Experiment? Experiment, IReadOnlyList<Problem> Problems) ResolveAgain(IEquationCompiler compiler) =>
        new ExperimentReader(this, compiler, EquationSamples.Few).Read();
}
