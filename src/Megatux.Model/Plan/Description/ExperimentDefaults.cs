namespace Megatux.Model;

/// <summary>What a project that leaves a property out gets, in the project's own notation.</summary>
public static class ExperimentDefaults
{
    /// <summary>First address of the guest networks: the largest network that is free for private use.</summary>
    public const string VmNetworkStart = "10.0.0.0";

    /// <summary>Size of each host's guest network.</summary>
    public const string VmNetmask = "255.255.0.0";

    /// <summary>Memory of a guest in MiB.</summary>
    public const string VmMemory = "64";

    /// <summary>No more memory than there is.</summary>
    public const string MemoryOvercommit = "1";

    /// <summary>No guest reboots by itself.</summary>
    public const string Churn = "0";

    /// <summary>One as good as any.</summary>
    public const string ChurnSeed = "0";

    /// <summary>The hosts' network: private, apart from the guests', with room for 65,534 hosts.</summary>
    public const string HostNetwork = "172.31.0.0/16";

    /// <summary>A host knows itself by its address.</summary>
    public const string HostIdentity = "address";

    /// <summary>A host's interface in the hosts' network.</summary>
    public const string HostInterface = "eth0";

    /// <summary>Locally administered, with room for a whole IPv4 address behind it.</summary>
    public const string MacPrefix = "02:4d";

    /// <summary>A real kernel that needs no virtualization hardware.</summary>
    public const string Hypervisor = "uml";
}
