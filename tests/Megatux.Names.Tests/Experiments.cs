using Megatux.Model;

namespace Megatux.Names.Tests;

/// <summary>Experiments that the tests ask about.</summary>
internal static class Experiments
{
    public static Experiment Laptop { get; } = Of("laptop[0-1]", "50", "10.0.0.0", "24", "laptop");

    public static Experiment Hyperion { get; } = Of(
        "ehyperion[2-37,74-145,148-283,286-429,432-575,578-721,724-867,870-1013,1016-1036]", "1024", "1.0.0.0", "16", "hyperion");

    /// <summary>Names with capital letters, several labels and padding; networks that do not end at a dot.</summary>
    public static Experiment Odd { get; } = Of("Node[01-12].Rack[1-3].site,login,b7", "5", "10.0.0.0", "28", "Odd_One.v2");

    public static Experiment Of(string hosts, string guests, string network, string mask, string name)
    {
        (Experiment? experiment, IReadOnlyList<Problem> problems) = new ExperimentDescription
        {
            Name = name,
            PhysicalHosts = hosts,
            VmsPerHost = guests,
            VmNetworkStart = network,
            VmNetmask = mask,
            VmMemory = "30",
            HostNetwork = "172.31.0.0/20",
        }.Resolve();
        Assert.Empty(problems);
        return experiment!;
    }
}
