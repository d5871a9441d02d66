namespace Megatux.Model;

/// <summary>
/// Names of the project's properties and items that describe the plan: what a <see cref="Problem"/> names as its subject.
/// </summary>
public static class ExperimentProperties
{
    /// <summary>The experiment's name.</summary>
    public const string Name = "ExperimentName";

    /// <summary>The hosts, as a node set.</summary>
    public const string PhysicalHosts = "PhysicalHosts";

    /// <summary>Nodes under a name.</summary>
    public const string NodeGroup = "NodeGroup";

    /// <summary>A function of the address plan that the project expresses itself.</summary>
    public const string NodeEquation = "NodeEquation";

    /// <summary>Guests on each host.</summary>
    public const string VmsPerHost = "VmsPerHost";

    /// <summary>First address of the first host's guest network.</summary>
    public const string VmNetworkStart = "VmNetworkStart";

    /// <summary>Size of each host's guest network.</summary>
    public const string VmNetmask = "VmNetmask";

    /// <summary>Memory of a guest.</summary>
    public const string VmMemory = "VmMemory";

    /// <summary>Memory of a host.</summary>
    public const string HostMemory = "HostMemory";

    /// <summary>How much more memory guests may be promised than a host has.</summary>
    public const string MemoryOvercommit = "MemoryOvercommit";

    /// <summary>The fraction of guests that reboot in a week.</summary>
    public const string Churn = "Churn";

    /// <summary>What decides which guest reboots when.</summary>
    public const string ChurnSeed = "ChurnSeed";

    /// <summary>The network that hosts share.</summary>
    public const string HostNetwork = "HostNetwork";

    /// <summary>Address of the first host.</summary>
    public const string FirstHostAddress = "FirstHostAddress";

    /// <summary>The way out of the hosts' network.</summary>
    public const string HostGateway = "HostGateway";

    /// <summary>How a host finds out which one it is.</summary>
    public const string HostIdentity = "HostIdentity";

    /// <summary>A host's interface in the hosts' network.</summary>
    public const string HostInterface = "HostInterface";

    /// <summary>First octets of all Ethernet addresses.</summary>
    public const string MacPrefix = "MacPrefix";

    /// <summary>What runs the guests.</summary>
    public const string Hypervisor = "Hypervisor";

    /// <summary>Whether xproc starts with the machines.</summary>
    public const string UseXproc = "UseXproc";

    /// <summary>The interface that xproc's root listens on.</summary>
    public const string XprocInterface = "XprocInterface";

    /// <summary>The TCP port that xproc's root listens on.</summary>
    public const string XprocPort = "XprocPort";

    /// <summary>How often every node says how it is, in seconds.</summary>
    public const string PushmonInterval = "PushmonInterval";
}
