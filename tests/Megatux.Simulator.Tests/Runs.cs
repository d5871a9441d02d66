namespace Megatux.Simulator.Tests;

/// <summary>Runs of the simulator.</summary>
internal static class Runs
{
    /// <summary>A run of a few hosts and guests: how many follows from the seed.</summary>
    internal static SimulationReport Small(string profile, int seed, bool hasPrograms = true) => Of(profile, seed, 3 + seed * 7 % 58, seed % 5, hasPrograms);

    /// <summary>A run of one command and nothing else.</summary>
    internal static SimulationReport Brief(long hosts, int guests) =>
        Simulation.Run(new SimulationOptions(SimulatedNodes.Of(hosts, guests), 0, FaultProfile.All[0]) { IsBrief = true });

    internal static SimulationReport Of(string profile, int seed, long hosts, int guests, bool hasPrograms = true) =>
        Simulation.Run(new SimulationOptions(SimulatedNodes.Of(hosts, guests), seed, FaultProfile.Find(profile)!) { HasPrograms = hasPrograms });
}
