namespace Megatux.Simulator.Tests;

/// <summary>Runs of the simulator.</summary>
internal static class Runs
{
    /// <summary>A run of a few hosts and guests: how many follows from the seed.</summary>
    internal static SimulationReport Small(string profile, int seed) => Simulation.Run(OptionsOf(profile, seed));

    /// <summary>What is simulated in a run of a few hosts and guests.</summary>
    internal static SimulationOptions OptionsOf(string profile, int seed) => new(SimulatedNodes.Of(3 + seed * 7 % 58, seed % 5), seed, FaultProfile.Find(profile)!);

    /// <summary>A run of one command and nothing else.</summary>
    internal static SimulationReport Brief(long hosts, int guests) =>
        Simulation.Run(new SimulationOptions(SimulatedNodes.Of(hosts, guests), 0, FaultProfile.All[0]) { IsBrief = true });

    internal static SimulationReport Of(string profile, int seed, long hosts, int guests) =>
        Simulation.Run(new SimulationOptions(SimulatedNodes.Of(hosts, guests), seed, FaultProfile.Find(profile)!));
}
