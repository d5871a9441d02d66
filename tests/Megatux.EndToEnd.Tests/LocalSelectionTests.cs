using System.Text.Json;
using Megatux.Model;

namespace Megatux.EndToEnd.Tests;

[Collection(nameof(LocalBootTests))]
public sealed class LocalSelectionTests(LocalExperiments experiments) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public void Dispose() => experiments.End();

    [Fact]
    public void Only_the_nodes_that_are_named_boot_and_the_others_can_be_started_later()
    {
        LocalExperiment local = experiments.Of("container");
        CommandResult none = local.Boot("--only", "vm9.h7");
        Assert.Equal(2, none.ExitCode);
        Assert.Contains("MTX3507", none.Error, StringComparison.Ordinal);

        CommandResult booted = local.Boot("--only", "vm[0-1].h7").Succeeded();
        Assert.Contains("1 of 2 hosts, 2 of 6 guests", booted.Output, StringComparison.Ordinal);
        Assert.Contains("All 3 nodes of h7,vm[0-1].h7 are up", booted.Output, StringComparison.Ordinal);
        Assert.Equal("hosts up h7; hosts down h8; guests up vm0.h7 vm1.h7; guests down vm2.h7", States(local));

        // A guest of a host that is down brings its host up, and no other guest.
        local.Ask("reboot", "vm1.h8").Succeeded();
        Await(local, "hosts up h7 h8; guests up vm0.h7 vm1.h7 vm1.h8; guests down vm0.h8 vm2.h7 vm2.h8");
        local.Ask("reboot", "vm2.h7").Succeeded();
        Await(local, "hosts up h7 h8; guests up vm0.h7 vm1.h7 vm1.h8 vm2.h7; guests down vm0.h8 vm2.h8");

        // A host that starts again starts the guests that it had.
        string life = local.In("h8", "touch /tmp/life; echo done").Succeeded().Output;
        Assert.Equal("done\n", life);
        local.Ask("reboot", "h8").Succeeded();
        Assert.True(SpinWait.SpinUntil(() => local.In("h8", "test ! -e /tmp/life").ExitCode == 0, Patience), "h8 did not start again");
        Await(local, "hosts up h7 h8; guests up vm0.h7 vm1.h7 vm1.h8 vm2.h7; guests down vm0.h8 vm2.h8");
    }

    [Theory]
    [InlineData("container")]
    [InlineData("uml")]
    public void More_guests_than_a_bridge_has_ports_are_one_network(string hypervisor)
    {
        using var local = new LocalExperiment(hypervisor, "<VmNetmask>255.255.248.0</VmNetmask>", hosts: "h8", guests: 1030);
        local.Boot("--only", "vm[0,999,1000,1029].h8").Succeeded();
        foreach (string guest in (string[])["vm999.h8", "vm1000.h8", "vm1029.h8"])
            Assert.Equal(0, local.In("vm0.h8", $"ping -c 1 -W 10 {guest}").ExitCode);
        Assert.Equal(0, local.In("vm1029.h8", "ping -c 1 -W 10 vm1000.h8").ExitCode);
        local.Halt().Succeeded();
    }

    private static string States(LocalExperiment local)
    {
        using JsonDocument status = JsonDocument.Parse(local.Status());
        return string.Join("; ", ((string[])["hosts", "guests"]).SelectMany(kind =>
            status.RootElement.GetProperty(kind).EnumerateObject().Select(state => $"{kind} {state.Name} {string.Join(' ', NodeSet.Parse(state.Value.GetString()!).Expand().Order(StringComparer.Ordinal))}")));
    }

    private static void Await(LocalExperiment local, string states)
    {
        string now = "";
        bool came = SpinWait.SpinUntil(() =>
        {
            Thread.Sleep(200);
            now = States(local);
            return now == states;
        }, Patience);
        Assert.True(came, $"expected {states}, after {Patience.TotalSeconds} s: {now}");
    }
}
