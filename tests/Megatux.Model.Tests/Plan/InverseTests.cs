namespace Megatux.Model.Tests;

/// <summary>What leads from a node to a name or an address leads back, for random nodes of random experiments.</summary>
public sealed class InverseTests
{
    private const int ExperimentsTried = 300;
    private const int NodesTried = 20;

    [Fact]
    public void Names_addresses_and_Ethernet_addresses_lead_back_to_their_node()
    {
        var random = new Random(1);
        for (int i = 0; i < ExperimentsTried; i++)
        {
            Experiment experiment = Any(random);
            for (int j = 0; j < NodesTried; j++)
            {
                long rank = random.NextInt64(experiment.HostCount);
                HostNode host = experiment.Host(rank);
                AssertSame(host, experiment.Find(host.Name));
                AssertSame(host, experiment.Find(host.Address));
                AssertSame(host, experiment.Find(host.BridgeAddress));
                AssertSame(host, experiment.Find(host.Mac));
                AssertSame(host, experiment.Find(host.BridgeMac));
                Assert.True(experiment.Hosts.Contains(host.Name));
                if (experiment.VmsPerHost == 0)
                    continue;

                GuestNode guest = experiment.Guest(rank, random.Next(experiment.VmsPerHost));
                AssertSame(guest, experiment.Find(guest.Name));
                AssertSame(guest, experiment.Find(guest.Address));
                AssertSame(guest, experiment.Find(guest.Mac));
                Assert.Equal((rank, guest.Number), experiment.GuestAt(guest.Index));
                Assert.True(experiment.Guests.Contains(guest.Name));
                Assert.True(host.GuestNetwork.Contains(guest.Address));
                Assert.Equal(host.BridgeAddress, guest.Gateway);
            }
        }
    }

    [Fact]
    public void Whoever_an_address_belongs_to_has_that_address()
    {
        var random = new Random(2);
        for (int i = 0; i < ExperimentsTried; i++)
        {
            Experiment experiment = Any(random);
            for (int j = 0; j < NodesTried; j++)
            {
                IPv4Address start = random.Next(2) == 0 ? experiment.FirstHostAddress : experiment.GuestNetworkBase;
                IPv4Address address = start.Plus(random.NextInt64(-300, 3000));
                switch (experiment.Find(address))
                {
                    case HostNode host:
                        Assert.True(host.Address == address || host.BridgeAddress == address);
                        break;
                    case GuestNode guest:
                        Assert.Equal(address, guest.Address);
                        break;
                }
            }
        }
    }

    [Fact]
    public void All_addresses_of_a_small_experiment_are_used_exactly_once()
    {
        Experiment experiment = Experiments.Laptop.Resolved();
        var names = new HashSet<string>();
        for (long value = 10L << 24; value < (10L << 24) + 1024; value++)
            if (experiment.Find(new IPv4Address((uint)value)) is GuestNode guest)
                Assert.True(names.Add(guest.Name));
        Assert.Equal(100, names.Count);
    }

    private static void AssertSame(Node expected, Node? found)
    {
        Assert.NotNull(found);
        Assert.Equal(expected.Name, found.Name);
        Assert.Equal(expected.Address, found.Address);
    }

    private static Experiment Any(Random random)
    {
        string[] hostSets = ["n[1-700]", "a[1-9,20-29],b[001-100]", "lone", "rack[1-4]n[0-15]", "x[1-2].cluster.example", "m[8-12]-ib,front"];
        int vms = random.Next(0, 300);
        int prefix = random.Next(16, IPv4Network.SmallestFor(vms + 3) + 1);
        long size = IPv4Network.SizeOf(prefix);
        string[] macs = ["02", "02:4d", "06-00"];
        return new ExperimentDescription
        {
            Name = "any",
            PhysicalHosts = hostSets[random.Next(hostSets.Length)],
            VmsPerHost = $"{vms}",
            VmNetworkStart = new IPv4Address((uint)(random.NextInt64(1L << 24, 70L << 24) / size * size)).ToString(),
            VmNetmask = $"{prefix}",
            HostNetwork = "172.24.0.0/13",
            FirstHostAddress = $"172.2{random.Next(4, 10)}.{random.Next(256)}.{random.Next(1, 256)}",
            MacPrefix = macs[random.Next(macs.Length)],
        }.Resolved();
    }
}
