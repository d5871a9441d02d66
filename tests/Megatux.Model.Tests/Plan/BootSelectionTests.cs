using static Megatux.Model.Tests.Experiments;
using static Megatux.Model.Resolving;

namespace Megatux.Model.Tests;

public sealed class BootSelectionTests
{
    private static readonly Experiment Plan = Laptop.Resolved();

    [Theory]
    [InlineData("vm[0-1].laptop0", "laptop0", "vm[0-1].laptop0")]
    [InlineData("laptop1", "laptop1", "vm[0-49].laptop1")]
    [InlineData("laptop1,vm[3,7].laptop0", "laptop[0-1]", "vm[3,7].laptop0,vm[0-49].laptop1")]
    [InlineData("laptop1,vm3.laptop1", "laptop1", "vm[0-49].laptop1")]
    public void A_host_is_meant_with_its_guests_and_a_guest_with_its_host(string named, string hosts, string guests)
    {
        var selection = BootSelection.Of(Plan, NodeSet.Parse(named));
        Assert.Equal(new BootSelection(NodeSet.Parse(hosts), NodeSet.Parse(guests)), selection);
        Assert.Equal(selection, BootSelection.Exactly(Plan, NodeSet.Parse(selection.Nodes.ToString())));
    }

    [Fact]
    public void A_host_is_told_its_own_guests_and_nothing_when_it_boots_all_or_is_not_meant()
    {
        var selection = BootSelection.Of(Plan, NodeSet.Parse("vm[0-4,9].laptop0"));
        Assert.Equal("vm[0-4,9].laptop0", selection.TextFor(Plan, "laptop0"));
        Assert.Null(selection.TextFor(Plan, "laptop1"));
        Assert.Null(BootSelection.Of(Plan, NodeSet.Parse("laptop0")).TextFor(Plan, "laptop0"));
        Assert.Equal("vm3.laptop1", selection.With(BootSelection.Of(Plan, NodeSet.Parse("vm3.laptop1"))).TextFor(Plan, "laptop1"));
    }

    [Fact]
    public void A_text_too_long_for_a_command_line_is_refused()
    {
        Experiment hyperion = Hyperion.Resolved();
        string host = hyperion.HostName(0);
        var every = NodeSet.Parse($"vm[{string.Join(',', Enumerable.Range(0, 512).Select(guest => guest * 2))}].{host}");
        MegatuxException refused = Assert.Throws<MegatuxException>(() => new BootSelection(NodeSet.Parse(host), every).TextFor(hyperion, host));
        Assert.Equal(ErrorCodes.SelectionTooLong, refused.Problem.Code);
        Assert.InRange(refused.Message.Length, 1, 300);
    }
}
