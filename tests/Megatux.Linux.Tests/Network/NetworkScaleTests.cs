namespace Megatux.Linux.Tests;

public sealed class NetworkScaleTests : IDisposable
{
    private const int Many = 1000;

    private readonly TestNetwork _network = new();

    public void Dispose() => _network.Dispose();

    [Fact]
    public void A_thousand_veths_across_two_namespaces_become_ports_of_a_bridge()
    {
        using var guests = new TestNetwork();
        QuietPorts(_network);
        QuietPorts(guests);
        _network.Commit(setup =>
        {
            setup.AddBridge("br0", TestNetwork.Mac(0));
            setup.SetUp("br0");
            for (int i = 0; i < Many; i++)
            {
                setup.AddVeth($"h{i}", TestNetwork.Mac(0x1000 + i), $"g{i}", TestNetwork.Mac(0x2000 + i), guests.Descriptor);
                setup.SetMaster($"h{i}", "br0");
                setup.SetUp($"h{i}");
            }
        });
        CheckPorts('h');
        IReadOnlyList<NetworkLink> links = guests.Ask(setup => setup.Links());
        Assert.Equal(Many + 1, links.Count);
        Assert.Equal(TestNetwork.Mac(0x2000 + 999), links.Single(link => link.Name == "g999").Mac.ToArray());
    }

    [Fact]
    public void A_thousand_taps_become_ports_of_a_bridge()
    {
        Assert.SkipUnless(File.Exists("/dev/net/tun"), "there is no /dev/net/tun");
        QuietPorts(_network);
        _network.Namespace.Run(() =>
        {
            for (int i = 0; i < Many; i++)
                TapDevice.CreatePersistent($"t{i}");
        });
        _network.Commit(setup =>
        {
            setup.AddBridge("br0", TestNetwork.Mac(0));
            setup.SetUp("br0");
            for (int i = 0; i < Many; i++)
            {
                setup.SetMaster($"t{i}", "br0");
                setup.SetUp($"t{i}");
            }
        });
        CheckPorts('t');
        _network.Commit(setup =>
        {
            for (int i = 0; i < Many; i++)
                setup.Delete($"t{i}");
        });
        Assert.Equal(["br0"], _network.Names());
    }

    // A thousand ports that announce themselves to each other would keep the machine busy long after the test.
    private static void QuietPorts(TestNetwork network) => network.Namespace.Run(() =>
    {
        if (Directory.Exists("/proc/sys/net/ipv6"))
            KernelSettings.Write("net/ipv6/conf/default/disable_ipv6", "1");
    });

    private void CheckPorts(char letter)
    {
        Assert.Equal(Enumerable.Range(0, Many).Select(i => $"{letter}{i}").Order(StringComparer.Ordinal),
            _network.Ip("link show master br0").Select(link => link.Text("ifname")).Order(StringComparer.Ordinal));
        IReadOnlyList<NetworkLink> links = _network.Ask(setup => setup.Links());
        int bridge = links.Single(link => link.Name == "br0").Index;
        Assert.Equal(Many, links.Count(link => link.Master == bridge && link.IsUp));
    }
}
