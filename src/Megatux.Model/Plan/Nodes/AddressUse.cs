namespace Megatux.Model;

/// <summary>What an address is for in an experiment.</summary>
public enum AddressRole
{
    /// <summary>In none of the experiment's networks.</summary>
    Outside,

    /// <summary>The hosts' network itself (its first address).</summary>
    HostNetwork,

    /// <summary>Broadcasts to all hosts (the last address of their network).</summary>
    HostBroadcast,

    /// <summary>The way out of the hosts' network.</summary>
    HostGateway,

    /// <summary>A host.</summary>
    Host,

    /// <summary>In the hosts' network, but no host's.</summary>
    UnusedHost,

    /// <summary>A host's guest network itself (its first address).</summary>
    GuestNetwork,

    /// <summary>A host's bridge.</summary>
    Bridge,

    /// <summary>A guest.</summary>
    Guest,

    /// <summary>In a host's guest network, but no guest's.</summary>
    UnusedGuest,

    /// <summary>Broadcasts to all guests of a host (the last address of their network).</summary>
    GuestBroadcast,
}

/// <summary>What an address is for, and whose it is.</summary>
/// <param name="Role">What it is for.</param>
/// <param name="HostRank">The host that it, or the guest network around it, belongs to; -1 when it is no host's.</param>
/// <param name="Guest">The guest's number on its host; -1 when it is no guest's.</param>
public readonly record struct AddressUse(AddressRole Role, long HostRank = -1, int Guest = -1);
