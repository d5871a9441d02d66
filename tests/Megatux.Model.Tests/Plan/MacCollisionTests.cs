namespace Megatux.Model.Tests;

/// <summary>Whether Ethernet addresses collide is reckoned from ranges; here it is also counted.</summary>
public sealed class MacCollisionTests
{
    [Fact]
    public void Reckoning_agrees_with_counting()
    {
        var random = new Random(3);
        int colliding = 0;
        const int Tried = 4000;
        for (int i = 0; i < Tried; i++)
        {
            Experiment experiment = Any(random);
            Problem? found = experiment.Check().SingleOrDefault();
            if (found is not null)
                Assert.Equal((ErrorCodes.MacCollision, "MacPrefix"), (found.Code, found.Subject));
            Assert.Equal(Counted(experiment), found is not null);
            colliding += found is null ? 0 : 1;
        }

        Assert.InRange(colliding, Tried / 10, Tried * 9 / 10);
    }

    [Fact]
    public void Both_addresses_are_named_with_the_one_that_they_would_share()
    {
        Problem problem = (Experiments.Hyperion with { MacPrefix = "02:4d:aa" }).OnlyProblem();
        Assert.Equal(ErrorCodes.MacCollision, problem.Code);
        Assert.Contains("1.0.0.1 and 2.0.0.1", problem.Message, StringComparison.Ordinal);
        Assert.Contains("02:4d:aa:00:00:01", problem.Message, StringComparison.Ordinal);
        Assert.Contains("02:4d", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_collisions_a_long_prefix_still_leads_back()
    {
        var random = new Random(4);
        for (int i = 0; i < 1000; i++)
        {
            Experiment experiment = Any(random);
            if (experiment.Check().Count > 0)
                continue;
            foreach (IPv4Address address in Used(experiment))
            {
                Assert.True(experiment.TryGetAddress(experiment.MacOf(address), out IPv4Address back));
                Assert.Equal(address, back);
            }
        }
    }

    private static bool Counted(Experiment experiment)
    {
        var seen = new HashSet<MacAddress>();
        return !Used(experiment).All(address => seen.Add(experiment.MacOf(address)));
    }

    private static IEnumerable<IPv4Address> Used(Experiment experiment)
    {
        for (long host = 0; host < experiment.HostCount; host++)
        {
            yield return experiment.HostAddress(host);
            yield return experiment.BridgeAddress(host);
            for (int guest = 0; guest < experiment.VmsPerHost; guest++)
                yield return experiment.GuestAddress(host, guest);
        }
    }

    // Small enough to count, with five octets of prefix (8 bits left) so that collisions are about as likely as not.
    private static Experiment Any(Random random)
    {
        int prefix = random.Next(22, 31);
        long size = IPv4Network.SizeOf(prefix);
        int vms = (int)random.NextInt64(Math.Min(size - 2, 280));
        int hosts = random.Next(1, random.Next(2, 40));
        string start = new IPv4Address((uint)((10L << 24) + random.Next(0, 1 << 16) / size * size)).ToString();
        return Experiments.Laptop.Resolved() with
        {
            Hosts = NodeSet.Parse($"n[1-{hosts}]"),
            VmsPerHost = vms,
            VmMemoryMiB = 1,
            GuestNetworkBase = Resolving.Address(start),
            GuestPrefixLength = prefix,
            HostNetwork = Experiments.Network("172.31.0.0/16"),
            FirstHostAddress = new IPv4Address((172u << 24) + (31u << 16) + (uint)random.Next(1, 2000)),
            MacPrefix = new MacPrefix(0x024d000000, 5),
        };
    }
}
