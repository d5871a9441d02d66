using Megatux.Hypervisors;
using Megatux.Model;

namespace Megatux.HostAgent;

/// <summary>What hosts on this machine are made of.</summary>
internal interface IHostForm
{
    /// <summary>What runs them.</summary>
    IHypervisor Hypervisor { get; }

    /// <summary>How many boot at once, from 1.</summary>
    int MostBooting { get; }

    /// <summary>Adds to what all hosts are told what this form of a host takes.</summary>
    /// <exception cref="MegatuxException">Something that it takes is missing.</exception>
    MachineSpec Complete(MachineSpec common, HostNode host);
}
