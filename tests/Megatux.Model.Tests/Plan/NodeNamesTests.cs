namespace Megatux.Model.Tests;

public sealed class NodeNamesTests
{
    [Theory]
    [InlineData("laptop[0-1]")]
    [InlineData(Experiments.HyperionHosts)]
    [InlineData("b,a[1-3],N[01-12].R[1-3].site,n[1-2].r[4-9].site,login,x9y[8-12]z")]
    public void Names_and_ranks_are_those_of_the_node_set_whatever_the_case(string hosts)
    {
        Experiment experiment = (Experiments.Laptop with { PhysicalHosts = hosts, VmsPerHost = "3", HostNetwork = "172.31.0.0/16" }).Resolved();
        var names = new NodeNames(experiment);
        Span<char> written = stackalloc char[NodeNames.MaxLength];
        for (long host = 0; host < experiment.HostCount; host++)
        {
            string name = experiment.HostName(host);
            Assert.Equal(name, written[..names.Write(host, NodeNames.NoGuest, written)].ToString());
            Assert.True(names.TryFind(name.ToUpperInvariant(), out long found, out int guest));
            Assert.Equal((host, NodeNames.NoGuest), (found, guest));
            Assert.Equal(experiment.GuestName(host, 2), written[..names.Write(host, 2, written)].ToString());
            Assert.True(names.TryFind($"VM2.{name}", out found, out guest));
            Assert.Equal((host, 2), (found, guest));
            Assert.False(names.TryFind($"vm3.{name}", out found, out guest));
            Assert.Equal((-1, NodeNames.NoGuest), (found, guest));
        }
    }

    [Theory]
    [InlineData("site", true)]
    [InlineData("r3.site", true)]
    [InlineData("R9.SITE", true)]
    [InlineData("r10.site", false)]
    [InlineData("login", false)]
    [InlineData("", false)]
    public void A_name_is_above_hosts_if_theirs_end_in_it(string name, bool isAbove) => Assert.Equal(isAbove, Several().IsAboveHosts(name));

    [Theory]
    [InlineData("laptop99", true)]
    [InlineData("SITE", true)]
    [InlineData("laptop", false)]
    [InlineData("laptop1x", false)]
    [InlineData("com", false)]
    public void A_label_looks_like_a_hosts_last_if_it_is_one_but_for_numbers(string label, bool looks) => Assert.Equal(looks, Several().LooksLikeTopOfHost(label));

    private static NodeNames Several() => new((Experiments.Laptop with { PhysicalHosts = "laptop[0-1],login,n[1-2].r[1-9].site", VmsPerHost = "3" }).Resolved());
}
