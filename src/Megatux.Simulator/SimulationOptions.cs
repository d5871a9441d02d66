using Megatux.Pushmon;

namespace Megatux.Simulator;

/// <summary>What is simulated.</summary>
/// <param name="Nodes">The hosts and guests.</param>
/// <param name="Seed">What all chance is drawn from, from 0: the same options give the same run.</param>
/// <param name="Faults">What goes wrong.</param>
public sealed record SimulationOptions(SimulatedNodes Nodes, int Seed, FaultProfile Faults)
{
    /// <summary>Where every message, fault and record is written to, a line each; null for nowhere.</summary>
    public TextWriter? Log { get; init; }

    /// <summary>From so many nodes on there is one command, and nodes are held to account as sets.</summary>
    public const long Many = 50_000;

    /// <summary>One command and no other jobs, however few nodes there are.</summary>
    public bool IsBrief { get; init; }

    /// <summary>Whether some of the jobs bring a program with them.</summary>
    public bool HasPrograms { get; init; } = true;

    /// <summary>Whether nodes say how they are, where there are not too many of them.</summary>
    public bool HasMonitoring { get; init; } = true;

    /// <summary>What daemons push instead of what they would; null for that. Shows that what is wrong is found.</summary>
    internal Func<PushMessage, PushMessage>? Falsify { get; init; }

    /// <summary>Is told that a part of the run is over; null for nobody. What it takes here is no concern of the run's, but of who measures it.</summary>
    public Action<SimulationPart>? Over { get; init; }

    internal bool IsLarge => IsBrief || Nodes.Count >= Many;
}
