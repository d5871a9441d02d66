using Megatux.Model;

namespace Megatux.Names.Tests;

public sealed class EveryNodeTests
{
    private const int Samples = 20_000;

    [Fact]
    public void Every_node_of_a_small_experiment_is_found_forth_and_back()
    {
        foreach (Experiment experiment in (Experiment[])[Experiments.Laptop, Experiments.Odd])
        {
            var answerer = new NameAnswerer(experiment);
            foreach (string name in experiment.Everything.Expand())
                ForthAndBack(experiment, answerer, experiment.Find(name)!);
        }
    }

    [Fact]
    public void Samples_of_a_million_nodes_are_found_forth_and_back()
    {
        Experiment experiment = Experiments.Hyperion;
        var answerer = new NameAnswerer(experiment);
        var random = new Random(1);
        for (int i = 0; i < Samples; i++)
        {
            (long host, int guest) = experiment.GuestAt(random.NextInt64(experiment.GuestCount));
            ForthAndBack(experiment, answerer, experiment.Guest(host, guest));
        }

        for (long host = 0; host < experiment.HostCount; host++)
            ForthAndBack(experiment, answerer, experiment.Host(host));
    }

    [Fact]
    public void Every_address_of_an_octet_is_told_as_the_plan_does_whatever_the_masks()
    {
        Experiment experiment = Experiments.Odd;
        var answerer = new NameAnswerer(experiment);
        for (uint value = 0x0A000000; value < 0x0A000400; value++)
        {
            var address = new IPv4Address(value);
            Reply reply = Reply.To(answerer, Ask.For(Reverse(address), Ask.Ptr));
            AddressUse use = experiment.UseOf(address);
            if (experiment.Find(address) is { } node)
                Assert.Equal($"{node.Name}.", Assert.Single(reply.Answers).Data);
            else if (use.Role != AddressRole.Outside)
                Assert.Equal(3, reply.Code);
            else
                Assert.Contains(reply.Code, (int[])[3, 5]);
        }
    }

    [Fact]
    public void A_part_of_an_address_is_there_exactly_if_nodes_addresses_begin_with_it()
    {
        Experiment experiment = Experiments.Of("n[0-99]", "3", "20.1.0.0", "16", "wide");
        var answerer = new NameAnswerer(experiment);
        for (int second = 0; second < 256; second++)
        {
            int expected = second is >= 1 and <= 100 ? 0 : 5;
            Assert.Equal(expected, Reply.To(answerer, Ask.For($"{second}.20.in-addr.arpa", Ask.Ptr)).Code);
            for (int third = 0; third < 2; third++)
                Assert.Equal(expected == 0 && third > 0 ? 3 : expected, Reply.To(answerer, Ask.For($"{third}.{second}.20.in-addr.arpa", Ask.Ptr)).Code);
        }
    }

    [Fact]
    public void Nodes_that_equations_number_are_found_forth_and_back_and_so_are_the_parts_of_their_addresses()
    {
        Experiment experiment = Experiments.Numbered;
        var answerer = new NameAnswerer(experiment);
        foreach (string name in experiment.Everything.Expand())
        {
            Node node = experiment.Find(name)!;
            ForthAndBack(experiment, answerer, node);
            string part = Reverse(node.Address);
            Assert.Equal(0, Reply.To(answerer, Ask.For(part[(part.IndexOf('.') + 1)..], Ask.Ptr)).Code);
        }

        Assert.Equal(3, Reply.To(answerer, Ask.For(Reverse(new IPv4Address(experiment.HostAddress(3).Value + 1)), Ask.Ptr)).Code);
    }

    [Fact]
    public void A_node_that_an_equation_has_no_address_for_is_a_failure_of_the_server_and_all_others_are_answered()
    {
        Experiment experiment = Experiments.Broken;
        var answerer = new NameAnswerer(experiment);
        Assert.Equal(2, Reply.To(answerer, Ask.For("n777777", Ask.A)).Code);
        ForthAndBack(experiment, answerer, experiment.Find("n777778")!);
    }

    private static void ForthAndBack(Experiment experiment, NameAnswerer answerer, Node node)
    {
        string address = Assert.Single(Reply.To(answerer, Ask.For(node.Name, Ask.A)).Answers).Data;
        Assert.Equal(node.Address.ToString(), address);
        Assert.Equal(address, Assert.Single(Reply.To(answerer, Ask.For($"{node.Name}.{answerer.Domain}", Ask.A)).Answers).Data);
        Assert.Equal($"{node.Name}.", Assert.Single(Reply.To(answerer, Ask.For(Reverse(node.Address), Ask.Ptr)).Answers).Data);
        if (node is HostNode host)
            Assert.Equal($"{node.Name}.", Assert.Single(Reply.To(answerer, Ask.For(Reverse(host.BridgeAddress), Ask.Ptr)).Answers).Data);
        Assert.Equal(node, experiment.Find(node.Name), (left, right) => left?.Name == right?.Name);
    }

    private static string Reverse(IPv4Address address) => string.Join('.', address.ToString().Split('.').Reverse()) + ".in-addr.arpa";
}
