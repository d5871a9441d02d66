using Megatux.Model;

namespace Megatux.Equations.Tests;

/// <summary>A cluster whose numbering no range fits.</summary>
public sealed class RackTests
{
    private const string BySlotNetwork = "(ip 100 (modulo h 18) (* 4 (quotient h 18)) 0)";
    private const string BySlotInverse = "(+ (octet 1 a) (* 18 (quotient (octet 2 a) 4)))";

    [Theory]
    [InlineData(null)]
    [InlineData(Plans.RackInverse)]
    public void Each_host_has_the_address_of_its_place_and_nobody_has_those_between(string? inverse)
    {
        Experiment racks = Plans.Racks.Adding(NodeEquationNames.HostAddress, Plans.RackAddress, inverse).Resolved();

        Assert.Equal("10.3.0.8", racks.Find("r3n7")!.Address.ToString());
        Assert.Equal("10.31.0.18", racks.Host(racks.HostCount - 1).Address.ToString());
        for (long host = 0; host < racks.HostCount; host++)
            Assert.Equal(racks.HostName(host), racks.Find(racks.HostAddress(host))!.Name);
        foreach (string nobodys in (string[])["10.3.0.0", "10.3.0.19", "10.32.0.1", "10.3.1.1", "10.0.0.0"])
            Assert.True(racks.UseOf(Resolving.Address(nobodys)).Role is AddressRole.UnusedHost or AddressRole.HostNetwork, nobodys);
    }

    [Fact]
    public void A_DHCP_server_is_told_one_range_a_rack()
    {
        Experiment racks = Plans.Racks.Adding(NodeEquationNames.HostAddress, Plans.RackAddress).Resolved();

        Assert.Equal(Enumerable.Range(0, 32).Select(rack => new AddressRun(18 * rack, 18)), racks.AddressRuns()!);
        Assert.Equal(new HostRange("r2n[0-17]", 36, 18), racks.AddressedRanges()![2]);
    }

    [Fact]
    public void Numbers_that_do_not_rise_lead_back_by_their_inverse()
    {
        Experiment racks = Plans.Racks.Adding(NodeEquationNames.GuestNetwork, BySlotNetwork, BySlotInverse).Resolved();

        Assert.Equal("100.7.12.0/22", racks.GuestNetwork(18 * 3 + 7).ToString());
        Assert.Equal(new AddressUse(AddressRole.Guest, 18 * 3 + 7, 249), racks.UseOf(Resolving.Address("100.7.12.251")));
        Assert.Equal(AddressRole.Outside, racks.UseOf(Resolving.Address("100.18.0.2")).Role);

        // One route to all.
        Assert.Equal("100.0.0.0/11", Assert.Single(racks.GuestSpace()).ToString());
        Assert.True(racks.MayHaveNodes(Resolving.Address("100.30.0.0"), Resolving.Address("100.30.255.255")));
    }

    [Theory]
    [InlineData("(ip 100 (quotient h 18) (* 4 (modulo h 18)) 0)")]
    [InlineData("(+ base (* 3 size h))")]
    [InlineData("(+ base (* 2 size (quotient h 100)) (* size h))")]
    [InlineData("(* size (+ (quotient base size) (* h h)))")]
    public void Few_routes_lead_to_all_guest_networks_and_none_to_the_hosts(string networks)
    {
        Experiment racks = Plans.Racks.Adding(NodeEquationNames.GuestNetwork, networks).Resolved();

        IReadOnlyList<IPv4Network> space = racks.GuestSpace();
        Assert.InRange(space.Count, 1, 64);
        for (long host = 0; host < racks.HostCount; host++)
            Assert.Single(space, piece => piece.Contains(racks.GuestNetwork(host).First) && piece.Contains(racks.GuestNetwork(host).Last));
        Assert.DoesNotContain(space, piece => piece.Contains(racks.HostAddress(0)));
        Assert.All(space, piece => Assert.True(racks.MayHaveNodes(piece.First, piece.Last)));
    }

    [Fact]
    public void Guests_sit_where_their_equation_says()
    {
        Experiment racks = Plans.Racks.Adding(NodeEquationNames.GuestPlace, "(- 1001 (* 4 g))", "(quotient (- 1001 a) 4)").Resolved();

        Assert.Equal("100.0.3.233", racks.Guest(0, 0).Address.ToString());
        Assert.Equal("vm249.r0n0", racks.Find(racks.Guest(0, 249).Address)!.Name);
        Assert.Equal("vm7.r1n0", racks.Find(racks.Guest(18, 7).Mac)!.Name);
        Assert.Equal(AddressRole.UnusedGuest, racks.UseOf(Resolving.Address("100.0.3.232")).Role);
        Assert.Equal(AddressRole.Bridge, racks.UseOf(Resolving.Address("100.0.0.1")).Role);
    }

    [Fact]
    public void Hosts_have_the_Ethernet_addresses_of_their_maker_and_are_known_by_them()
    {
        Experiment racks = Plans.Racks.Adding(NodeEquationNames.HostMac, "(+ 0x001b21a00000 (* 2 h))").Resolved();

        Assert.Equal("00:1b:21:a0:00:0e", racks.Host(7).Mac.ToString());
        Assert.Equal("r0n7", racks.Find(racks.Host(7).Mac)!.Name);
        Assert.Null(racks.Find(new MacAddress(racks.Host(7).Mac.Value + 1)));

        // The one that the plan would have given is nobody's; bridges and guests keep theirs.
        Assert.Null(racks.Find(racks.MacOf(racks.HostAddress(7))));
        Assert.Equal("r0n7", racks.Find(racks.Host(7).BridgeMac)!.Name);
        Assert.Equal("vm3.r0n7", racks.Find(racks.Guest(7, 3).Mac)!.Name);
    }

    [Fact]
    public void A_sloppy_inverse_never_names_a_wrong_node()
    {
        // Right for all hosts, and saying something of every other address.
        Experiment racks = Plans.Racks.Adding(NodeEquationNames.HostAddress, Plans.RackAddress, $"(modulo {Plans.RackInverse} hosts)").Resolved();

        var random = new Random(3);
        for (int i = 0; i < 20_000; i++)
        {
            var address = new IPv4Address((10u << 24) + (uint)random.Next(1 << 22));
            if (racks.Find(address) is { } named)
                Assert.Equal(address, named.Address);
        }
    }

    [Fact]
    public async Task Many_threads_get_the_same_answers()
    {
        Experiment racks = Plans.Racks.Adding(NodeEquationNames.HostAddress, Plans.RackAddress).Resolved();
        string[] expected = [.. Enumerable.Range(0, 576).Select(host => racks.HostAddress(host).ToString())];

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (int round = 0; round < 40; round++)
                for (int host = 0; host < expected.Length; host++)
                {
                    Assert.Equal(expected[host], racks.HostAddress(host).ToString());
                    Assert.Equal(host, racks.UseOf(racks.HostAddress(host)).HostRank);
                }
        }, TestContext.Current.CancellationToken))).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Ten_million_nodes_are_checked_as_fast_as_ten()
    {
        ExperimentDescription large = Plans.Racks with { PhysicalHosts = "n[0-10000000]", VmsPerHost = "0", VmNetmask = "30", HostIdentity = "hostname" };
        Experiment experiment = large
            .Adding(NodeEquationNames.HostAddress, "(+ network 1 h)", "(- a network 1)")
            .Adding(NodeEquationNames.GuestNetwork, "(+ base (* size h))", "(quotient (- a base) size)").Resolved();

        Assert.Equal("10.152.150.129", experiment.HostAddress(10_000_000).ToString());
        Assert.Equal("n9999999", experiment.Find(Resolving.Address("10.152.150.128"))!.Name);
    }
}
