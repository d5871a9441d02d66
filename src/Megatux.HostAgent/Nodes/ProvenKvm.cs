using Megatux.Agents;
using Megatux.Hypervisors;

namespace Megatux.HostAgent;

/// <summary>Whether KVM works here, found out once and said on the console: it is why machines are fast or slow.</summary>
internal static class ProvenKvm
{
    internal static KvmProbe Find(string kernel)
    {
        var found = KvmProbe.Find(kernel, KvmProbe.UsualLimit);
        FirstProcess.Say(found.State == KvmState.Works ? "QEMU runs by KVM" : $"QEMU emulates: {found.Reason}");
        return found;
    }
}
