using Megatux.Model;

namespace Megatux.Hypervisors;

/// <summary>One way to run a machine.</summary>
public interface IHypervisor
{
    /// <summary>What people call it.</summary>
    string Name { get; }

    /// <summary>Starts a machine. It runs until it ends by itself, is killed, or this process ends in whatever way.</summary>
    /// <exception cref="MegatuxException">A file or program is missing, the memory does not suffice, or the start was refused.</exception>
    Machine Launch(MachineSpec spec);
}
