using static Megatux.Model.Tests.Experiments;
using static Megatux.Model.Resolving;

namespace Megatux.Model.Tests;

public sealed class RouteTests
{
    [Fact]
    public void All_of_hyperions_guests_are_seven_networks() => Assert.Equal(
        ["1.0.0.0/8", "2.0.0.0/7", "4.0.0.0/9", "4.128.0.0/10", "4.192.0.0/12", "4.208.0.0/13", "4.216.0.0/16"],
        Hyperion.Resolved().GuestSpace().Select(network => network.ToString()));

    [Fact]
    public void A_host_reaches_all_guests_over_the_physical_network_and_the_world_by_the_gateway() => Assert.Equal(
        ["10.0.0.0/23 dev ib0", "default via 172.31.0.254 dev ib0"],
        (Laptop with { HostInterface = "ib0", HostGateway = "172.31.0.254" }).Resolved().Host(1).Routes.Select(route => route.ToString()));

    [Fact]
    public void A_host_has_no_second_route_to_its_own_guests()
    {
        Experiment three = (Laptop with { PhysicalHosts = "laptop[0-2]" }).Resolved();
        Assert.Equal(["10.0.0.0/23", "10.0.2.0/24"], three.Host(0).Routes.Select(route => route.Destination.ToString()));
        Assert.Equal(["10.0.0.0/23"], three.Host(2).Routes.Select(route => route.Destination.ToString()));
        Assert.Empty((Laptop with { PhysicalHosts = "alone" }).Resolved().Host(0).Routes);
    }

    [Fact]
    public void The_cover_is_exact_and_has_no_two_networks_that_are_one()
    {
        var random = new Random(21);
        for (int i = 0; i < 2000; i++)
        {
            int prefix = random.Next(8, 31);
            long size = IPv4Network.SizeOf(prefix);
            long start = random.NextInt64(1L << 24, 100L << 24) / size * size;
            long hosts = random.NextInt64(1, Math.Max(2, ((126L << 24) - start) / size));
            Experiment experiment = Laptop.Resolved() with
            {
                Hosts = NodeSet.Parse($"n[1-{hosts}]"),
                GuestNetworkBase = new IPv4Address((uint)start),
                GuestPrefixLength = prefix,
            };
            IReadOnlyList<IPv4Network> cover = experiment.GuestSpace();
            Assert.InRange(cover.Count, 1, 62);
            long next = start;
            for (int piece = 0; piece < cover.Count; piece++)
            {
                Assert.True(cover[piece].IsAligned);
                Assert.Equal(next, cover[piece].First.Value);
                next += cover[piece].Size;
                if (piece > 0 && cover[piece].PrefixLength == cover[piece - 1].PrefixLength)
                    Assert.False(new IPv4Network(cover[piece - 1].Address, cover[piece].PrefixLength - 1).IsAligned);
            }

            Assert.Equal(start + hosts * size, next);
        }
    }
}
