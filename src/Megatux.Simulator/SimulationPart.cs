namespace Megatux.Simulator;

/// <summary>The parts of a run, in their order.</summary>
public enum SimulationPart
{
    /// <summary>Hosts come up, and form a tree.</summary>
    Formation,

    /// <summary>Jobs run while things go wrong, all comes right, and the loss of a secondary master is healed.</summary>
    Trouble,

    /// <summary>A command runs on all nodes.</summary>
    Command,
}
