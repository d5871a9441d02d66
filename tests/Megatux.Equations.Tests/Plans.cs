using Megatux.Model;

namespace Megatux.Equations.Tests;

/// <summary>Experiments with equations.</summary>
internal static class Plans
{
    /// <summary>Racks of 18: r3n7 has 10.3.0.8, and its guests a network of 1024 addresses.</summary>
    public static ExperimentDescription Racks { get; } = new()
    {
        Name = "racks",
        PhysicalHosts = "r[0-31]n[0-17]",
        VmsPerHost = "250",
        VmNetworkStart = "100.0.0.0",
        VmNetmask = "22",
        HostNetwork = "10.0.0.0/8",
    };

    public const string RackAddress = "(ip 10 (quotient h 18) 0 (+ 1 (modulo h 18)))";
    public const string RackInverse = "(+ (* 18 (octet 1 a)) (octet 3 a) -1)";

    public static ExperimentDescription Adding(this ExperimentDescription description, string function, string? expression, string? inverse = null) =>
        description with { Equations = [.. description.Equations, new EquationDescription(function, expression, inverse)] };
}
