using static Megatux.Model.Tests.Experiments;
using static Megatux.Model.Resolving;

namespace Megatux.Model.Tests;

/// <summary>Values worked out by hand.</summary>
public sealed class KnownPlanTests
{
    [Fact]
    public void Hyperion_has_985_hosts_and_a_million_guests()
    {
        Experiment hyperion = Hyperion.Resolved();
        Assert.Equal(985, hyperion.HostCount);
        Assert.Equal(1_008_640, hyperion.GuestCount);
        Assert.Equal(1_008_640, hyperion.Guests.Count);
        Assert.Equal(1_009_625, hyperion.Everything.Count);
        Assert.Equal($"vm[0-1023].{HyperionHosts}", hyperion.Guests.ToString());
    }

    [Theory]
    [InlineData("ehyperion2", 0, "172.31.0.1", "1.0.0.0/16", "1.0.0.1")]
    [InlineData("ehyperion37", 35, "172.31.0.36", "1.35.0.0/16", "1.35.0.1")]
    [InlineData("ehyperion74", 36, "172.31.0.37", "1.36.0.0/16", "1.36.0.1")]
    [InlineData("ehyperion1013", 963, "172.31.3.196", "4.195.0.0/16", "4.195.0.1")]
    [InlineData("ehyperion1036", 984, "172.31.3.217", "4.216.0.0/16", "4.216.0.1")]
    public void Hosts_of_hyperion(string name, long rank, string address, string network, string bridge)
    {
        HostNode host = Assert.IsType<HostNode>(Hyperion.Resolved().Find(name));
        Assert.Equal(name, host.Name);
        Assert.Equal(rank, host.Rank);
        Assert.Equal(Address(address), host.Address);
        Assert.Equal(16, host.PrefixLength);
        Assert.Equal(Network(network), host.GuestNetwork);
        Assert.Equal(Address(bridge), host.BridgeAddress);
        Assert.Equal("mtx0", host.Bridge);
        Assert.Equal("eth0", host.Interface);
        Assert.Equal(1024, host.Guests);
    }

    [Theory]
    [InlineData("vm0.ehyperion2", 0, "1.0.0.2", "02:4d:01:00:00:02", "1.0.0.1", "vm0")]
    [InlineData("vm1023.ehyperion2", 1023, "1.0.4.1", "02:4d:01:00:04:01", "1.0.0.1", "vm1023")]
    [InlineData("vm0.ehyperion3", 1024, "1.1.0.2", "02:4d:01:01:00:02", "1.1.0.1", "vm0")]
    [InlineData("vm7.ehyperion74", 36 * 1024 + 7, "1.36.0.9", "02:4d:01:24:00:09", "1.36.0.1", "vm7")]
    [InlineData("vm1023.ehyperion1036", 1_008_639, "4.216.4.1", "02:4d:04:d8:04:01", "4.216.0.1", "vm1023")]
    public void Guests_of_hyperion(string name, long index, string address, string mac, string gateway, string tap)
    {
        GuestNode guest = Assert.IsType<GuestNode>(Hyperion.Resolved().Find(name));
        Assert.Equal(name, guest.Name);
        Assert.Equal(index, guest.Index);
        Assert.Equal(Address(address), guest.Address);
        Assert.Equal(16, guest.PrefixLength);
        Assert.Equal(Mac(mac), guest.Mac);
        Assert.Equal(Address(gateway), guest.Gateway);
        Assert.Equal(tap, guest.Tap);
        Assert.Equal(name[(name.IndexOf('.') + 1)..], guest.Host);
        Assert.Equal(30, guest.MemoryMiB);
        Assert.Equal($"default via {gateway} dev eth0", Assert.Single(guest.Routes).ToString());
    }

    [Theory]
    [InlineData("tbird1", 0, "172.31.0.1", "10.0.0.0/24")]
    [InlineData("tbird257", 256, "172.31.1.1", "10.1.0.0/24")]
    [InlineData("tbird4600", 4599, "172.31.17.248", "10.17.247.0/24")]
    public void Hosts_of_thunderbird(string name, long rank, string address, string network)
    {
        HostNode host = Assert.IsType<HostNode>(Thunderbird.Resolved().Find(name));
        Assert.Equal(rank, host.Rank);
        Assert.Equal(Address(address), host.Address);
        Assert.Equal(Network(network), host.GuestNetwork);
    }

    [Fact]
    public void Thunderbirds_last_guest_is_number_1149999()
    {
        Experiment thunderbird = Thunderbird.Resolved();
        Assert.Equal(1_150_000, thunderbird.GuestCount);
        (long host, int number) = thunderbird.GuestAt(1_149_999);
        GuestNode guest = thunderbird.Guest(host, number);
        Assert.Equal("vm249.tbird4600", guest.Name);
        Assert.Equal(Address("10.17.247.251"), guest.Address);
    }

    [Theory]
    [InlineData("172.31.0.0", AddressRole.HostNetwork, -1, -1)]
    [InlineData("172.31.0.1", AddressRole.HostGateway, -1, -1)]
    [InlineData("172.31.0.2", AddressRole.Host, 0, -1)]
    [InlineData("172.31.0.3", AddressRole.Host, 1, -1)]
    [InlineData("172.31.0.4", AddressRole.UnusedHost, -1, -1)]
    [InlineData("172.31.0.255", AddressRole.HostBroadcast, -1, -1)]
    [InlineData("9.255.255.255", AddressRole.Outside, -1, -1)]
    [InlineData("10.0.0.0", AddressRole.GuestNetwork, 0, -1)]
    [InlineData("10.0.0.1", AddressRole.Bridge, 0, -1)]
    [InlineData("10.0.0.2", AddressRole.Guest, 0, 0)]
    [InlineData("10.0.1.51", AddressRole.Guest, 1, 49)]
    [InlineData("10.0.1.52", AddressRole.UnusedGuest, 1, -1)]
    [InlineData("10.0.1.255", AddressRole.GuestBroadcast, 1, -1)]
    [InlineData("10.0.2.0", AddressRole.Outside, -1, -1)]
    public void Every_address_is_explained(string address, AddressRole role, long host, int guest) =>
        Assert.Equal(new AddressUse(role, host, guest),
            (Laptop with { HostGateway = "172.31.0.1" }).Resolved().UseOf(Address(address)));

    [Theory]
    [InlineData("vm50.laptop0")]
    [InlineData("vm00.laptop0")]
    [InlineData("vm-1.laptop0")]
    [InlineData("vm1.laptop2")]
    [InlineData("vm1.")]
    [InlineData("vm.laptop0")]
    [InlineData("vm1")]
    [InlineData("laptop2")]
    [InlineData("laptop00")]
    [InlineData("vm99999999999.laptop0")]
    public void A_name_of_nobody_is_not_found(string name) => Assert.Null(Laptop.Resolved().Find(name));

    [Fact]
    public void The_last_guests_cable_has_a_name_that_Linux_takes() =>
        Assert.True(InterfaceNames.IsValid(InterfaceNames.Tap(int.MaxValue)));

    [Fact]
    public void An_experiment_without_guests_has_hosts_alone()
    {
        Experiment experiment = (Laptop with { VmsPerHost = "0" }).Resolved();
        Assert.Equal(0, experiment.GuestCount);
        Assert.Equal(0, experiment.Guests.Count);
        Assert.Equal(experiment.Hosts, experiment.Everything);
        Assert.Equal(AddressRole.UnusedGuest, experiment.UseOf(Address("10.0.0.2")).Role);
    }
}
