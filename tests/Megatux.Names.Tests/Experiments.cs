using Megatux.Equations;
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

    /// <summary>Racks of four; the networks of their guests are in the order of slots.</summary>
    public static Experiment Numbered { get; } = Resolved(new()
    {
        Name = "numbered", PhysicalHosts = "r[0-5]n[0-3]", VmsPerHost = "5", VmNetworkStart = "100.0.0.0", VmNetmask = "27", HostNetwork = "10.0.0.0/8",
        Equations =
        [
            new EquationDescription("HostAddress", "(ip 10 (quotient h 4) 0 (+ 1 (modulo h 4)))", null),
            new EquationDescription("GuestNetwork", "(ip 100 (modulo h 4) (quotient h 4) 32)", "(+ (octet 1 a) (* 4 (octet 2 a)))"),
            new EquationDescription("GuestPlace", "(- 30 (* 3 g))", "(quotient (- 30 a) 3)"),
        ],
    });

    /// <summary>One host has no address, which no sample shows.</summary>
    public static Experiment Broken { get; } = Resolved(new()
    {
        Name = "broken", PhysicalHosts = "n[0-999999]", VmsPerHost = "0", VmNetworkStart = "100.0.0.0", VmNetmask = "30", HostNetwork = "10.0.0.0/8",
        HostIdentity = "hostname", Equations = [new EquationDescription("HostAddress", "(if (= h 777777) (/ 1 0) (+ first h))", "(- a first)")],
    });

    public static Experiment Of(string hosts, string guests, string network, string mask, string name)
    {
        return Resolved(new ExperimentDescription
        {
            Name = name,
            PhysicalHosts = hosts,
            VmsPerHost = guests,
            VmNetworkStart = network,
            VmNetmask = mask,
            VmMemory = "30",
            HostNetwork = "172.31.0.0/20",
        });
    }

    private static Experiment Resolved(ExperimentDescription description)
    {
        (Experiment? experiment, IReadOnlyList<Problem> problems) = description.Resolve(EquationCompiler.Instance);
        Assert.Empty(problems);
        return experiment!;
    }
}
