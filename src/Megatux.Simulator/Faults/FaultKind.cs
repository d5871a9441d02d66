namespace Megatux.Simulator;

/// <summary>What may go wrong.</summary>
internal enum FaultKind
{
    /// <summary>A host's daemon ends, and is started again; its nodes live on.</summary>
    DaemonCrash,

    /// <summary>A host goes with all of its guests, without a word, and comes back.</summary>
    HostCrash,

    /// <summary>A guest ends, and is started again.</summary>
    GuestCrash,

    /// <summary>Neighbouring hosts go at once.</summary>
    RackCrash,

    /// <summary>The root's daemon ends, and is started again.</summary>
    RootCrash,

    /// <summary>A host's or the root's daemon is stopped for a while.</summary>
    Stop,

    /// <summary>Nothing passes between some hosts and all others.</summary>
    Partition,

    /// <summary>A link is reset.</summary>
    Reset,

    /// <summary>A host's packets are lost, doubled or come in disorder: what its streams carry is late.</summary>
    Delay,

    /// <summary>A host's links carry few bytes a second.</summary>
    SlowLink,
}
