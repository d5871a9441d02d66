using Megatux.Equations;
using Megatux.Linux;
using Megatux.Model;

namespace Megatux.Agents.Tests;

/// <summary>What a node finds against what the plan computes of it.</summary>
public sealed class ViewTests
{
    private static readonly Experiment Plan = new ExperimentDescription
    {
        Name = "mine", PhysicalHosts = "h[7-8]", VmsPerHost = "3", VmNetworkStart = "10.0.0.0", VmNetmask = "24", VmMemory = "64", HostGateway = "172.31.255.250",
    }.Resolve(EquationCompiler.Instance).Experiment!;

    private static readonly GuestNode Guest = Plan.Guest(0, 1);
    private static readonly HostNode Host = Plan.Host(1);

    [Fact]
    public void A_network_as_the_plan_has_it_differs_in_nothing()
    {
        Assert.Empty(Compare(Guest, [Link(Guest)], [(Guest.Interface, Guest.Address, 24)]));
        Assert.Empty(Compare(Host, [Link(Host), Bridge()], [(Host.Interface, Host.Address, 16), (Host.Bridge, Host.BridgeAddress, 24)]));
    }

    [Fact]
    public void Each_difference_is_a_line_with_what_was_expected()
    {
        Assert.Equal(["there is no interface eth0"], Compare(Guest, [], []));
        Assert.Equal(["eth0 is down", "address of eth0 is none, expected 10.0.0.3/24"], Compare(Guest, [Link(Guest) with { IsUp = false }], []));
        Assert.Equal(["address of eth0 is 10.0.0.3/16, expected 10.0.0.3/24"], Compare(Guest, [Link(Guest)], [("eth0", Guest.Address, 16)]));
        Assert.Equal([$"MAC of eth0 is {Plan.Guest(1, 2).Mac}, expected {Guest.Mac}"], Compare(Guest, [Link(Guest) with { Mac = Plan.Guest(1, 2).Mac.ToOctets() }], [("eth0", Guest.Address, 24)]));
    }

    [Fact]
    public void An_address_of_another_node_is_told_with_its_name() => Assert.Equal(
        ["eth0 has the address 10.0.1.4, which is vm2.h8's"], Compare(Guest, [Link(Guest)], [("eth0", Guest.Address, 24), ("eth0", Plan.Guest(1, 2).Address, 24)]));

    [Fact]
    public void A_host_of_metal_keeps_its_makers_Ethernet_address_but_may_have_no_other_nodes()
    {
        (string, IPv4Address, int)[] addresses = [(Host.Interface, Host.Address, 16), (Host.Bridge, Host.BridgeAddress, 24)];
        Assert.Empty(Compare(Host, [Link(Host) with { Mac = new byte[] { 0x52, 0x54, 0, 1, 2, 3 } }, Bridge()], addresses));
        Assert.Single(Compare(Host, [Link(Host) with { Mac = Plan.Host(0).Mac.ToOctets() }, Bridge()], addresses));
    }

    [Fact]
    public void Routes_are_read_as_the_kernel_writes_them_and_compared()
    {
        List<Route> routes = RouteView.Parse(
        [
            "eth0\t00000000\t0100000A\t0003\t0\t0\t0\t00000000\t0\t0\t0",
            "eth0\t0000000A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0",
            "nonsense", "", "eth0 x y z 1 2 3 4",
        ]);
        Assert.Equal(["default via 10.0.0.1 dev eth0", "10.0.0.0/24 dev eth0"], routes.Select(route => route.ToString()));
        Assert.Empty(Differences(Guest, routes));
        Assert.Equal(["there is no route default via 10.0.0.1 dev eth0"], Differences(Guest, [routes[1]]));
        Assert.Equal(["route is 'default via 10.0.0.9 dev eth0', expected 'default via 10.0.0.1 dev eth0'"],
            Differences(Guest, [new Route(Route.Everywhere, "eth0", new IPv4Address(0x0A000009)), .. routes]));
    }

    [Fact]
    public void A_nameserver_is_the_first_that_can_be_asked()
    {
        Assert.Equal("10.0.0.1", NameView.ServerIn(["# nameserver 1.2.3.4", "search x", "nameserver ::1", "nameserver 10.0.0.1 # ours", "nameserver 8.8.8.8"]).ToString());
        Assert.Null(NameView.ServerIn(["nameserver"]));
    }

    [Fact]
    public void Builds_are_told_apart_by_what_is_booted_and_not_by_where_it_lies()
    {
        var member = new ManifestMember { Name = "m", Image = ImageKind.Guest, File = "a", Size = 1, Sha256 = new string('a', 64), Compression = MemberCompression.None };
        var manifest = new Manifest { Experiment = Plan, Xproc = new XprocSettings(true, "eth0"), Members = [member] };
        var moved = new Manifest { Experiment = Plan, Xproc = manifest.Xproc, Members = [member with { File = "images/a" }] };
        var changed = new Manifest { Experiment = Plan, Xproc = manifest.Xproc, Members = [member with { Sha256 = new string('b', 64) }] };
        Assert.Equal(ManifestIdentity.OfHost(manifest), ManifestIdentity.OfHost(moved));
        Assert.NotEqual(ManifestIdentity.OfHost(manifest), ManifestIdentity.OfHost(changed));
        Assert.Equal(ManifestIdentity.OfGuest(manifest), ManifestIdentity.OfGuest(changed));
    }

    private static NetworkLink Link(Node node) => new(node.Interface, 2, null, node.Mac.ToOctets(), true, null, 1500);

    private static NetworkLink Bridge() => new(Host.Bridge, 3, "bridge", Host.BridgeMac.ToOctets(), true, null, 1500);

    private static List<string> Compare(Node node, IReadOnlyList<NetworkLink> links, IReadOnlyList<(string, IPv4Address, int)> addresses)
    {
        var differences = new List<string>();
        NetworkView.Compare(Plan, node, links, addresses, differences);
        return differences;
    }

    private static List<string> Differences(Node node, IReadOnlyList<Route> routes)
    {
        var differences = new List<string>();
        RouteView.Compare(node, routes, differences);
        return differences;
    }
}
