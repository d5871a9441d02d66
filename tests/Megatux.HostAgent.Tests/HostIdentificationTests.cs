using Megatux.Agents;
using Megatux.Equations;
using Megatux.Model;

namespace Megatux.HostAgent.Tests;

/// <summary>Which host a machine is, by what it was told or by what a DHCP server says.</summary>
public sealed class HostIdentificationTests
{
    [Fact]
    public void The_address_that_is_leased_says_which_host_it_is_where_hosts_go_by_addresses()
    {
        Experiment experiment = Plan("address");
        Assert.Equal("h8", HostIdentification.Find(experiment, Lease("10.77.0.3 24 h7")).Name);
        Assert.Contains("10.77.0.9", Assert.Throws<MegatuxException>(() => HostIdentification.Find(experiment, Lease("10.77.0.9 24 h7"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.77.0.2 24 h8")]
    [InlineData("192.168.1.5  h8.cluster.example")]
    public void The_name_that_is_given_says_it_where_hosts_go_by_names(string lease) =>
        Assert.Equal("h8", HostIdentification.Find(Plan("hostname"), Lease(lease)).Name);

    [Theory]
    [InlineData("10.77.0.2 24 ")]
    [InlineData("10.77.0.2 24 h9")]
    [InlineData("10.77.0.2 24 h8 h7\n; rm -rf /")]
    public void A_name_that_is_no_hosts_is_nobody(string lease) =>
        Assert.Equal(ErrorCodes.HostUnknown, Assert.Throws<MegatuxException>(() => HostIdentification.Find(Plan("hostname"), Lease(lease))).Problem.Code);

    [Theory]
    [InlineData("")]
    [InlineData("10.77.0.2")]
    [InlineData("somewhere 24 h8")]
    public void What_is_no_lease_is_not_taken_for_one(string text) => Assert.Null(DhcpLease.TryParse(text));

    [Fact]
    public void A_host_that_was_told_who_it_is_asks_nobody()
    {
        Assert.True(HostIdentification.IsTold(Plan("address"), new BootWords(["megatux.address=10.77.0.3/24"])));
        Assert.False(HostIdentification.IsTold(Plan("address"), new BootWords(["quiet"])));
    }

    private static DhcpLease Lease(string text) => DhcpLease.TryParse(text)!;

    private static Experiment Plan(string identity) => new ExperimentDescription
    {
        Name = "test", PhysicalHosts = "h[7-8]", VmsPerHost = "2", HostNetwork = "10.77.0.0/24", FirstHostAddress = "10.77.0.2", HostIdentity = identity,
    }.Resolve(EquationCompiler.Instance).Experiment!;
}
