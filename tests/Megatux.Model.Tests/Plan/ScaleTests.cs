using System.Text;

namespace Megatux.Model.Tests;

/// <summary>Nothing costs more for more nodes. Memory tells, without a clock: a list of a million hosts would be megabytes.</summary>
public sealed class ScaleTests
{
    private const long Enough = 100_000;

    private static readonly ExperimentDescription Million = new()
    {
        Name = "million",
        PhysicalHosts = "node[0-1048575]",
        VmsPerHost = "1021",
        VmNetworkStart = "1.0.0.0",
        VmNetmask = "22",
        HostNetwork = "172.0.0.0/11",
        HostMemory = "64G",
    };

    [Fact]
    public void A_thousand_million_guests_are_resolved_checked_and_asked_in_little_memory()
    {
        _ = Ask();
        // Twice: the first time compiles and fills caches of the runtime.
        long before = GC.GetAllocatedBytesForCurrentThread();
        string answers = Ask();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, Enough);
        Assert.Equal("1070596096 vm1020.node1048575 64.255.255.254 node7 node1048575", answers);
    }

    private static string Ask()
    {
        Experiment experiment = Million.Resolved();
        GuestNode last = (GuestNode)experiment.Find("vm1020.node1048575")!;
        var text = new StringBuilder();
        text.Append(experiment.Guests.Count).Append(' ').Append(experiment.Find(last.Mac)!.Name).Append(' ').Append(last.Address).Append(' ');
        text.Append(experiment.Find(experiment.HostAddress(7))!.Name).Append(' ').Append(experiment.HostName(experiment.HostCount - 1));
        Assert.Null(experiment.CheckNodes(NodeSet.Parse("vm[0-1000].node[17-1000000]"), ImageKind.Guest, "GuestOverlay"));
        Assert.NotNull(experiment.CheckNodes(NodeSet.Parse("vm[0-1000].node[17-2000000]"), ImageKind.Guest, "GuestOverlay"));
        return text.ToString();
    }
}
