using Megatux.Model;

namespace Megatux.Equations.Tests;

/// <summary>An equation that says what the plan says anyway changes nothing.</summary>
public sealed class IdentityTests
{
    private const int ExperimentsTried = 60, AddressesTried = 60;

    private static readonly (string Function, string Expression, string Inverse)[] Same =
    [
        (NodeEquationNames.HostAddress, "(+ first h)", "(- a first)"),
        (NodeEquationNames.GuestNetwork, "(+ base (* size h))", "(quotient (- a base) size)"),
        (NodeEquationNames.GuestPlace, "(+ 2 g)", "(- a 2)"),
    ];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_equations_say_that_are_the_plans_own_is_the_plan(bool hasInverse)
    {
        var random = new Random(1);
        for (int i = 0; i < ExperimentsTried; i++)
        {
            ExperimentDescription description = Any(random);
            Experiment plain = description.Resolved();
            Experiment equal = Same.Aggregate(description, (adding, one) => adding.Adding(one.Function, one.Expression, hasInverse ? one.Inverse : null)).Resolved();

            Assert.Equal(plain.GuestSpace(), equal.GuestSpace());
            Assert.Equal(plain.AddressRuns(), equal.AddressRuns());
            Assert.Equal(plain.AddressedRanges(), equal.AddressedRanges());
            for (int j = 0; j < AddressesTried; j++)
                AssertSame(plain, equal, random);
        }
    }

    private static void AssertSame(Experiment plain, Experiment equal, Random random)
    {
        long rank = random.NextInt64(plain.HostCount);
        HostNode host = plain.Host(rank), same = equal.Host(rank);
        Assert.Equal(host.Routes, same.Routes);
        Assert.Equal(host, same with { Routes = host.Routes });
        if (plain.VmsPerHost > 0)
        {
            GuestNode guest = plain.Guest(rank, random.Next(plain.VmsPerHost));
            Assert.Equal(guest, equal.Guest(rank, guest.Number) with { Routes = guest.Routes });
            Assert.Equal(guest.Name, equal.Find(guest.Mac)?.Name);
        }

        IPv4Address near = (random.Next(2) == 0 ? plain.FirstHostAddress : plain.GuestNetwork(rank).First).Plus(random.NextInt64(-300, 3000));
        Assert.Equal(plain.UseOf(near), equal.UseOf(near));
        Assert.Equal(plain.Find(plain.MacOf(near))?.Name, equal.Find(plain.MacOf(near))?.Name);
        int octets = random.Next(1, 4);
        uint size = (uint)(IPv4Network.SizeOf(8 * octets) - 1);
        IPv4Address first = new(near.Value & ~size), last = new(near.Value | size);
        Assert.Equal(plain.MayHaveNodes(first, last), equal.MayHaveNodes(first, last));
    }

    private static ExperimentDescription Any(Random random)
    {
        string[] hostSets = ["n[1-700]", "a[1-9,20-29],b[001-100]", "lone", "rack[1-4]n[0-15]", "m[8-12]-ib,front", "big[0-6000]"];
        int vms = random.Next(0, 30);
        int prefix = random.Next(22, IPv4Network.SmallestFor(vms + 3) + 1);
        long size = IPv4Network.SizeOf(prefix);
        string[] macs = ["02", "02:4d"];
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
        };
    }
}
