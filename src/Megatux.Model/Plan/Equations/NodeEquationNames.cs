namespace Megatux.Model;

/// <summary>Which functions of the address plan a project may replace, and the names that their expressions know.</summary>
public static class NodeEquationNames
{
    /// <summary>A host's address, from its rank.</summary>
    public const string HostAddress = nameof(HostAddress);

    /// <summary>A host's Ethernet address, from its rank.</summary>
    public const string HostMac = nameof(HostMac);

    /// <summary>The first address of a host's guest network, from its rank.</summary>
    public const string GuestNetwork = nameof(GuestNetwork);

    /// <summary>How far behind its network's first address a guest's is, from its number.</summary>
    public const string GuestPlace = nameof(GuestPlace);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [HostAddress, HostMac, GuestNetwork, GuestPlace];

    /// <summary>The variable of an inverse: what the equation gives.</summary>
    internal const string InverseVariable = "a";

    /// <summary>What an equation is computed from: a host's rank or a guest's number.</summary>
    internal static string VariableOf(string function) => function == GuestPlace ? "g" : "h";

    /// <summary>The numbers that every expression may name.</summary>
    internal static IReadOnlyList<KeyValuePair<string, long>> ParametersOf(Experiment experiment) =>
    [
        new("hosts", experiment.HostCount),
        new("guests", experiment.VmsPerHost),
        new("network", experiment.HostNetwork.First.Value),
        new("first", experiment.FirstHostAddress.Value),
        new("base", experiment.GuestNetworkBase.Value),
        new("size", experiment.GuestNetworkSize),
    ];
}
