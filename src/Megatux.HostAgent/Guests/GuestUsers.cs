using Megatux.Linux;
using Megatux.Model;

namespace Megatux.HostAgent;

/// <summary>
/// The users that guests run as. Root of a guest under UML may take over its kernel, which is a program of this machine: so
/// each of these programs is a user of its own, who owns nothing but the guest's folder and tap, and has no capability.
/// </summary>
internal static class GuestUsers
{
    /// <summary>Numbers from here on belong to nobody: distributions give out those below 2^30.</summary>
    private const int First = 0x5000_0000, Count = 1 << 24;

    /// <summary>A guest's user; null where it runs as its host does, as it must where its host is no root of the machine.</summary>
    internal static int? Of(Experiment experiment, GuestNode guest) =>
        experiment.Hypervisor == Hypervisor.Uml && UserNamespace.IsInitial ? First + (int)(guest.Index % Count) : null;
}
