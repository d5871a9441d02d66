using System.Net;
using System.Text.Json;

namespace Megatux.Linux.Tests;

public sealed class NetworkSetupAddressTests : IDisposable
{
    private readonly TestNetwork _network = new();

    public void Dispose() => _network.Dispose();

    [Fact]
    public void An_address_is_added_and_listed_and_may_be_added_again()
    {
        Bridge();
        for (int time = 0; time < 2; time++)
            _network.Commit(setup => setup.AddAddress("br0", IPAddress.Parse("10.1.2.3"), 20));
        JsonElement address = Assert.Single(Assert.Single(_network.Ip("-4 addr show dev br0")).GetProperty("addr_info").EnumerateArray());
        Assert.Equal(("10.1.2.3", 20), (address.Text("local"), address.Number("prefixlen")));
        Assert.Equal([("br0", IPAddress.Parse("10.1.2.3"), 20), ("lo", IPAddress.Loopback, 8)],
            _network.Ask(setup => setup.Addresses()).OrderBy(entry => entry.Link, StringComparer.Ordinal));
        Assert.Contains(_network.Ip("route"), route => route.Text("dst") == "10.1.0.0/20" && route.Text("dev") == "br0");
    }

    [Fact]
    public void An_address_goes_to_a_device_of_the_same_batch()
    {
        _network.Commit(setup =>
        {
            for (int i = 0; i < 20; i++)
            {
                setup.AddBridge($"br{i}", []);
                setup.AddAddress($"br{i}", new IPAddress([10, 0, (byte)i, 1]), 24);
                setup.SetUp($"br{i}");
            }
        });
        Assert.Equal(Enumerable.Range(0, 20).Select(i => ($"br{i}", new IPAddress([10, 0, (byte)i, 1]), 24)),
            _network.Ask(setup => setup.Addresses()).Where(entry => entry.Link != "lo"));
    }

    [Fact]
    public void A_route_goes_by_a_gateway_or_to_a_link_and_is_replaced()
    {
        Bridge();
        _network.Commit(setup =>
        {
            setup.AddAddress("br0", IPAddress.Parse("10.0.0.1"), 24);
            setup.AddRoute(IPAddress.Any, 0, IPAddress.Parse("10.0.0.254"), null);
            setup.AddRoute(IPAddress.Parse("10.9.0.0"), 16, null, "br0");
            setup.AddRoute(IPAddress.Parse("10.8.7.6"), 32, IPAddress.Parse("10.0.0.2"), "br0");
            setup.AddRoute(IPAddress.Any, 0, IPAddress.Parse("10.0.0.253"), "br0");
        });
        JsonElement[] routes = _network.Ip("route");
        Assert.Equal("10.0.0.253", Assert.Single(routes, route => route.Text("dst") == "default").Text("gateway"));
        JsonElement direct = Assert.Single(routes, route => route.Text("dst") == "10.9.0.0/16");
        Assert.Equal(("br0", false, "link", "static"),
            (direct.Text("dev"), direct.Has("gateway"), direct.Text("scope"), direct.Text("protocol")));
        Assert.Equal("10.0.0.2", Assert.Single(routes, route => route.Text("dst") == "10.8.7.6").Text("gateway"));
        Assert.Equal(4, routes.Length);
    }

    [Fact]
    public void A_gateway_that_cannot_be_reached_is_refused_by_name()
    {
        Bridge();
        NetworkSetupException failure = _network.Fails(setup => setup.AddRoute(IPAddress.Any, 0, IPAddress.Parse("10.0.0.254"), "br0"));
        Assert.StartsWith("add route to 0.0.0.0/0 by 10.0.0.254 on br0: ", failure.Message, StringComparison.Ordinal);
        Assert.Equal("br0", failure.Link);
        failure = _network.Fails(setup => setup.AddRoute(IPAddress.Any, 0, IPAddress.Parse("10.0.0.254"), null));
        Assert.Null(failure.Link);
    }

    [Fact]
    public void What_is_no_IPv4_network_is_refused_before_anything_is_queued() => _network.Commit(setup =>
    {
        Assert.Throws<ArgumentException>(() => setup.AddAddress("lo", IPAddress.IPv6Loopback, 128));
        Assert.Throws<ArgumentOutOfRangeException>(() => setup.AddAddress("lo", IPAddress.Loopback, 33));
        Assert.Throws<ArgumentOutOfRangeException>(() => setup.AddAddress("lo", IPAddress.Loopback, -1));
        Assert.Throws<ArgumentException>(() => setup.AddRoute(IPAddress.Any, 0, null, null));
        Assert.Throws<ArgumentException>(() => setup.AddRoute(IPAddress.Parse("10.0.0.1"), 24, null, "lo"));
        Assert.Throws<ArgumentException>(() => setup.AddRoute(IPAddress.Parse("10.0.0.1"), 0, null, "lo"));
        Assert.Throws<ArgumentException>(() => setup.AddRoute(IPAddress.Any, 0, IPAddress.IPv6Any, "lo"));
    });

    private void Bridge() => _network.Commit(setup =>
    {
        setup.AddBridge("br0", []);
        setup.SetUp("br0");
    });
}
