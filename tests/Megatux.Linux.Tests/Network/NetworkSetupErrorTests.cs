namespace Megatux.Linux.Tests;

public sealed class NetworkSetupErrorTests : IDisposable
{
    // include/uapi/asm-generic/errno-base.h and errno.h.
    private const int Exists = 17, NoDevice = 19, NoBufferSpace = 105;

    private readonly TestNetwork _network = new();

    public void Dispose() => _network.Dispose();

    [Fact]
    public void A_failure_names_the_operation_and_the_device()
    {
        _network.Commit(setup => setup.AddBridge("br0", []));
        NetworkSetupException failure = _network.Fails(setup => setup.AddBridge("br0", []));
        Assert.StartsWith("add bridge br0: File exists", failure.Message, StringComparison.Ordinal);
        Assert.Equal(("add bridge", "br0", Exists), (failure.Operation, failure.Link, failure.Error));
    }

    [Theory]
    [InlineData("set up ghost: No such device")]
    [InlineData("set MTU of ghost: No such device")]
    [InlineData("set MAC address of ghost: No such device")]
    [InlineData("set master of ghost: No such device")]
    [InlineData("move to a namespace ghost: No such device")]
    [InlineData("add address 10.0.0.1/24 to ghost: No such device")]
    [InlineData("add route to 10.0.0.0/8 on ghost: No such device")]
    public void A_device_that_is_not_there_is_named(string message)
    {
        _network.Commit(setup => setup.AddBridge("br0", []));
        NetworkSetupException failure = _network.Fails(setup =>
        {
            switch (message.Split(" ghost")[0])
            {
                case "set up": setup.SetUp("ghost"); break;
                case "set MTU of": setup.SetMtu("ghost", 1500); break;
                case "set MAC address of": setup.SetMac("ghost", TestNetwork.Mac(1)); break;
                case "set master of": setup.SetMaster("ghost", "br0"); break;
                case "move to a namespace": setup.MoveToNamespace("ghost", _network.Descriptor, "other"); break;
                case "add address 10.0.0.1/24 to": setup.AddAddress("ghost", new(0x0100000A), 24); break;
                default: setup.AddRoute(new(0x0000000A), 8, null, "ghost"); break;
            }
        });
        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
        Assert.Equal(("ghost", NoDevice), (failure.Link, failure.Error));
    }

    [Fact]
    public void A_master_that_is_not_there_is_named_beside_the_port()
    {
        NetworkSetupException failure = _network.Fails(setup =>
        {
            setup.AddVeth("v0", [], "p0", []);
            setup.SetMaster("v0", "ghost");
        });
        Assert.Equal("set master of v0: No such device (ghost)", failure.Message);
    }

    [Fact]
    public void The_kernels_own_words_are_passed_on()
    {
        NetworkSetupException failure = _network.Fails(setup =>
        {
            setup.AddBridge("br0", []);
            setup.SetMtu("br0", 1_000_000);
        });
        Assert.Equal("mtu greater than device maximum", failure.Reason);
        Assert.EndsWith("(mtu greater than device maximum)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_failure_of_a_batch_is_told_and_the_rest_is_carried_out()
    {
        _network.Commit(setup => setup.AddBridge("br100", []));
        NetworkSetupException failure = _network.Fails(setup =>
        {
            for (int i = 0; i < 200; i++)
                setup.AddBridge($"br{i}", []);
            setup.AddBridge("br150", []);
        });
        Assert.Equal(("add bridge", "br100"), (failure.Operation, failure.Link));
        Assert.Equal(200, _network.Names().Length);
    }

    [Fact]
    public void The_first_failure_is_told_even_where_an_index_had_to_be_asked_for_in_between()
    {
        NetworkSetupException failure = _network.Fails(setup =>
        {
            setup.AddVeth("v0", [], "p0", []);
            setup.SetMaster("v0", "ghost");
            setup.AddBridge("br0", []);
            setup.AddBridge("br0", []);
            setup.SetMaster("p0", "br0");
        });
        Assert.Equal(("set master of", "v0"), (failure.Operation, failure.Link));
        Assert.Equal("br0", _network.Link("p0").Text("master"));
    }

    [Fact]
    public void A_failed_commit_leaves_nothing_queued() => _network.Namespace.Run(() =>
    {
        using var setup = NetworkSetup.Open();
        setup.SetUp("ghost");
        Assert.Throws<NetworkSetupException>(setup.Commit);
        setup.Commit();
        setup.AddBridge("br0", []);
        setup.Commit();
        Assert.Equal(["br0", "lo"], setup.Links().Select(link => link.Name).Order(StringComparer.Ordinal));
    });

    [Fact]
    public void What_is_not_committed_does_not_happen()
    {
        _network.Namespace.Run(() =>
        {
            using var setup = NetworkSetup.Open();
            setup.AddBridge("br0", []);
            Assert.Equal(["lo"], setup.Links().Select(link => link.Name));
        });
        Assert.Empty(_network.Names());
    }

    [Fact]
    public void A_small_receive_buffer_loses_no_acknowledgement() => _network.Namespace.Run(() =>
    {
        using var setup = new NetworkSetup(wantedBuffer: 1);
        for (int i = 0; i < 100; i++)
            setup.AddBridge($"br{i}", []);
        setup.Commit();
        Assert.Equal(101, setup.Links().Count);
    });

    [Fact]
    public void A_lost_acknowledgement_is_a_failure_and_the_next_commit_works() => _network.Namespace.Run(() =>
    {
        using var setup = new NetworkSetup(wantedBuffer: 1, mostRequests: 100);
        for (int i = 0; i < 100; i++)
            setup.AddBridge($"br{i}", []);
        NetworkSetupException failure = Assert.Throws<NetworkSetupException>(setup.Commit);
        Assert.Equal(("add bridge", NoBufferSpace), (failure.Operation, failure.Error));
        setup.AddBridge("last", []);
        setup.Commit();
        Assert.Contains("last", _network.Names());
    });
}
