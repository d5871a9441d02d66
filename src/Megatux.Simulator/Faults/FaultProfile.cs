namespace Megatux.Simulator;

/// <summary>Which faults there are, and how often.</summary>
public sealed class FaultProfile
{
    private FaultProfile(string name, string description, double perMinute, params FaultKind[] kinds) =>
        (Name, Description, PerMinute, Kinds) = (name, description, perMinute, kinds);

    /// <summary>All profiles, by name.</summary>
    public static IReadOnlyList<FaultProfile> All { get; } =
    [
        new("none", "nothing goes wrong", 0),
        new("light", "a daemon or guest now and then, delays, resets", 8, FaultKind.DaemonCrash, FaultKind.GuestCrash, FaultKind.GuestCrash, FaultKind.Delay, FaultKind.Reset),
        new("crashes", "daemons, hosts and guests crash and come back", 30, FaultKind.DaemonCrash, FaultKind.HostCrash, FaultKind.GuestCrash),
        new("partitions", "hosts are cut off from others for up to 25 s, links are reset", 15, FaultKind.Partition, FaultKind.Partition, FaultKind.Reset),
        new("root", "the root's daemon is killed and started again", 8, FaultKind.RootCrash, FaultKind.RootCrash, FaultKind.RootCrash, FaultKind.GuestCrash),
        new("rack", "neighbouring hosts crash or are cut off together", 8, FaultKind.RackCrash, FaultKind.Partition),
        new("slow", "slow links, late streams, stopped daemons", 30, FaultKind.SlowLink, FaultKind.Delay, FaultKind.Stop),
        new("all", "all of these", 40, Enum.GetValues<FaultKind>()),
    ];

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What it does, for people.</summary>
    public string Description { get; }

    /// <summary>How many faults there are in a minute, about.</summary>
    internal double PerMinute { get; }

    /// <summary>Of which kinds; those named twice come twice as often.</summary>
    internal IReadOnlyList<FaultKind> Kinds { get; }

    /// <summary>The profile of a name; null if there is none.</summary>
    public static FaultProfile? Find(string name) => All.FirstOrDefault(profile => profile.Name == name);
}
