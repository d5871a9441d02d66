using System.Text.Json;

namespace Megatux.Linux.Tests;

public sealed class NetworkSetupTests : IDisposable
{
    private readonly TestNetwork _network = new();

    public void Dispose() => _network.Dispose();

    [Fact]
    public void A_bridge_has_its_address_and_no_spanning_tree()
    {
        _network.Commit(setup => setup.AddBridge("br0", TestNetwork.Mac(7)));
        JsonElement bridge = _network.Link("br0");
        Assert.Equal(("bridge", TestNetwork.MacText(7)), (bridge.Info().Text("info_kind"), bridge.Text("address")));
        JsonElement data = bridge.Info().GetProperty("info_data");
        Assert.Equal((0, 0), (data.Number("stp_state"), data.Number("forward_delay")));
        Assert.False(bridge.IsUp());
    }

    [Fact]
    public void The_kernel_chooses_an_address_where_none_is_given()
    {
        _network.Commit(setup =>
        {
            setup.AddBridge("br0", []);
            setup.AddVeth("v0", [], "p0", []);
        });
        Assert.Equal(["br0", "p0", "v0"], _network.Names());
        Assert.NotEqual("00:00:00:00:00:00", _network.Link("v0").Text("address"));
    }

    [Fact]
    public void A_veth_has_two_ends_with_addresses_of_their_own()
    {
        _network.Commit(setup => setup.AddVeth("v0", TestNetwork.Mac(1), "p0", TestNetwork.Mac(2)));
        Assert.Equal((TestNetwork.MacText(1), "p0"), (_network.Link("v0").Text("address"), _network.Link("v0").Text("link")));
        Assert.Equal((TestNetwork.MacText(2), "v0"), (_network.Link("p0").Text("address"), _network.Link("p0").Text("link")));
    }

    [Fact]
    public void The_other_end_of_a_veth_may_be_in_another_namespace()
    {
        using var other = new TestNetwork();
        _network.Commit(setup => setup.AddVeth("v0", TestNetwork.Mac(1), "p0", TestNetwork.Mac(2), other.Descriptor));
        Assert.Equal(["v0"], _network.Names());
        Assert.Equal(["p0"], other.Names());
        Assert.Equal(TestNetwork.MacText(2), other.Link("p0").Text("address"));
    }

    [Fact]
    public void One_batch_makes_a_bridge_and_a_port_and_sets_both_up()
    {
        _network.Commit(setup =>
        {
            setup.AddBridge("br0", TestNetwork.Mac(1));
            setup.AddVeth("v0", TestNetwork.Mac(2), "p0", TestNetwork.Mac(3));
            setup.SetMtu("v0", 9000);
            setup.SetMac("v0", TestNetwork.Mac(4));
            setup.SetMaster("v0", "br0");
            setup.SetUp("br0");
            setup.SetUp("v0");
        });
        JsonElement port = _network.Link("v0");
        Assert.Equal(("br0", 9000, TestNetwork.MacText(4), true),
            (port.Text("master"), port.Number("mtu"), port.Text("address"), port.IsUp()));
        Assert.True(_network.Link("br0").IsUp());
        Assert.False(_network.Link("p0").IsUp());
    }

    [Fact]
    public void A_device_moves_to_another_namespace_with_its_name_or_another()
    {
        using var other = new TestNetwork();
        _network.Commit(setup =>
        {
            setup.AddVeth("v0", [], "p0", TestNetwork.Mac(5));
            setup.AddVeth("v1", [], "p1", TestNetwork.Mac(6));
            setup.MoveToNamespace("p0", other.Descriptor);
            setup.MoveToNamespace("p1", other.Descriptor, "eth0");
        });
        Assert.Equal(["v0", "v1"], _network.Names());
        Assert.Equal(["eth0", "p0"], other.Names());
        Assert.Equal(TestNetwork.MacText(6), other.Link("eth0").Text("address"));
    }

    [Fact]
    public void A_device_does_not_move_onto_the_name_of_another()
    {
        using var other = new TestNetwork();
        other.Commit(setup => setup.AddBridge("p0", []));
        NetworkSetupException failure = _network.Fails(setup =>
        {
            setup.AddVeth("v0", [], "p0", []);
            setup.MoveToNamespace("p0", other.Descriptor);
        });
        Assert.StartsWith("move to a namespace p0: File exists", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["p0", "v0"], _network.Names());
    }

    [Fact]
    public void A_deleted_veth_takes_its_other_end_along_and_may_be_deleted_again()
    {
        using var other = new TestNetwork();
        _network.Commit(setup => setup.AddVeth("v0", [], "p0", [], other.Descriptor));
        _network.Commit(setup =>
        {
            setup.Delete("v0");
            setup.Delete("v0");
            setup.Delete("never");
        });
        Assert.Empty(_network.Names());
        Assert.Empty(other.Names());
    }

    [Fact]
    public void Many_are_deleted_at_once_and_what_follows_sees_them_gone()
    {
        _network.Commit(setup =>
        {
            setup.AddBridge("br0", []);
            for (int i = 0; i < 100; i++)
            {
                setup.AddVeth($"v{i}", [], $"p{i}", []);
                setup.SetMaster($"v{i}", "br0");
            }
        });
        _network.Commit(setup =>
        {
            for (int i = 0; i < 99; i++)
                setup.Delete($"v{i}");
            setup.Delete("p0");
            setup.Delete("br0");
            setup.AddBridge("br0", []);
            setup.SetMaster("v99", "br0");
        });
        Assert.Equal(["br0", "p99", "v99"], _network.Names());
        Assert.Equal("br0", _network.Link("v99").Text("master"));
    }

    [Fact]
    public void One_that_cannot_be_deleted_is_named_and_spares_none_of_the_others()
    {
        NetworkSetupException failure = _network.Fails(setup =>
        {
            setup.AddBridge("br0", []);
            setup.AddBridge("br1", []);
            setup.Delete("br0");
            setup.Delete("lo");
            setup.Delete("br1");
        });
        Assert.Equal("delete lo: Operation not supported", failure.Message);
        Assert.Empty(_network.Names());
    }

    [Fact]
    public void A_name_that_stands_for_another_bridge_within_a_batch_means_the_new_one()
    {
        _network.Commit(setup =>
        {
            setup.AddBridge("br0", []);
            setup.AddVeth("v0", [], "p0", []);
            setup.SetMaster("v0", "br0");
            setup.Delete("br0");
            setup.AddBridge("other", []);
            setup.AddBridge("br0", TestNetwork.Mac(9));
            setup.SetMaster("v0", "br0");
        });
        Assert.Equal("br0", _network.Link("v0").Text("master"));
        Assert.Equal(TestNetwork.MacText(9), _network.Link("br0").Text("address"));
    }

    [Fact]
    public void A_name_that_stands_for_another_bridge_since_the_last_commit_means_the_new_one() => _network.Namespace.Run(() =>
    {
        using var setup = NetworkSetup.Open();
        setup.AddBridge("br0", []);
        setup.AddVeth("v0", [], "p0", []);
        setup.SetMaster("v0", "br0");
        setup.Commit();
        _network.Commit(another =>
        {
            another.Delete("br0");
            another.AddBridge("br0", []);
        });
        setup.SetMaster("p0", "br0");
        setup.Commit();
        Assert.Equal("br0", _network.Link("p0").Text("master"));
    });

    [Fact]
    public void Devices_are_listed_as_they_are()
    {
        _network.Commit(setup =>
        {
            setup.AddBridge("br0", TestNetwork.Mac(1));
            setup.AddVeth("v0", TestNetwork.Mac(2), "p0", TestNetwork.Mac(3));
            setup.SetMaster("v0", "br0");
            setup.SetMtu("v0", 1400);
            setup.SetUp("v0");
        });
        _network.Namespace.Run(() => TapDevice.CreatePersistent("tap0"));
        IReadOnlyList<NetworkLink> links = _network.Ask(setup => setup.Links());
        Assert.Equal(["br0", "lo", "p0", "tap0", "v0"], links.Select(link => link.Name).Order(StringComparer.Ordinal));
        NetworkLink bridge = links.Single(link => link.Name == "br0"), port = links.Single(link => link.Name == "v0");
        Assert.Equal(("bridge", false, (int?)null), (bridge.Kind, bridge.IsUp, bridge.Master));
        Assert.Equal(("veth", true, bridge.Index, 1400), (port.Kind, port.IsUp, port.Master, port.Mtu));
        Assert.Equal(TestNetwork.Mac(2), port.Mac.ToArray());
        Assert.Equal("tun", links.Single(link => link.Name == "tap0").Kind);
        NetworkLink loopback = links.Single(link => link.Name == "lo");
        Assert.Equal((null, 1, true), (loopback.Kind, loopback.Index, loopback.IsUp));
    }
}
