namespace Megatux.Names.Tests;

public sealed class NameAnswererTests
{
    private static readonly NameAnswerer Laptop = new(Experiments.Laptop), Odd = new(Experiments.Odd);

    [Theory]
    [InlineData("vm3.laptop1", "10.0.1.5")]
    [InlineData("vm3.laptop1.laptop.megatux", "10.0.1.5")]
    [InlineData("laptop0", "172.31.0.1")]
    [InlineData("laptop0.laptop.megatux", "172.31.0.1")]
    public void A_node_has_its_address_bare_and_in_the_experiments_domain(string name, string address)
    {
        Reply reply = Reply.To(Laptop, Ask.For(name, Ask.A));
        ReplyRecord record = Assert.Single(reply.Answers);
        Assert.Equal(new ReplyRecord($"{name}.", Ask.A, 1, NameAnswerer.Ttl, address), record);
        Assert.Equal((0, true, Ask.Id), (reply.Code, reply.IsAuthoritative, reply.Id));
        Assert.Empty(reply.Authorities);
    }

    [Theory]
    [InlineData("5.1.0.10", "vm3.laptop1.")]
    [InlineData("1.1.0.10", "laptop1.")]
    [InlineData("1.0.31.172", "laptop0.")]
    public void An_address_has_its_nodes_bare_name_and_a_bridge_its_hosts(string address, string name)
    {
        Reply reply = Reply.To(Laptop, Ask.For($"{address}.in-addr.arpa", Ask.Ptr));
        Assert.Equal(new ReplyRecord($"{address}.in-addr.arpa.", Ask.Ptr, 1, NameAnswerer.Ttl, name), Assert.Single(reply.Answers));
    }

    [Theory]
    [InlineData("vm50.laptop1", ".")]
    [InlineData("laptop2", ".")]
    [InlineData("laptop01", ".")]
    [InlineData("vm03.laptop1", ".")]
    [InlineData("www.laptop1", ".")]
    [InlineData("x.vm3.laptop1", ".")]
    [InlineData("nothing.laptop.megatux", "laptop.megatux.")]
    [InlineData("vm3\\.laptop1.laptop.megatux", "laptop.megatux.")]
    [InlineData("vm\u00e4.laptop1.laptop.megatux", "laptop.megatux.")]
    [InlineData("laptop99999999999999999999.laptop.megatux", "laptop.megatux.")]
    [InlineData("200.0.0.10.in-addr.arpa", "0.0.10.in-addr.arpa.")]
    [InlineData("x.5.1.0.10.in-addr.arpa", "1.0.10.in-addr.arpa.")]
    [InlineData("05.1.0.10.in-addr.arpa", "1.0.10.in-addr.arpa.")]
    [InlineData("256.1.0.10.in-addr.arpa", "1.0.10.in-addr.arpa.")]
    public void A_name_that_is_not_there_is_answered_NXDOMAIN_with_its_zones_SOA(string name, string zone)
    {
        Reply reply = Reply.To(Laptop, Ask.For(name, Ask.A));
        Assert.Equal(3, reply.Code);
        Assert.True(reply.IsAuthoritative);
        Assert.Empty(reply.Answers);
        ReplyRecord soa = Assert.Single(reply.Authorities);
        Assert.Equal((zone, Ask.Soa), (soa.Name, soa.Type));
    }

    [Theory]
    [InlineData("vm3.laptop1", Ask.Aaaa)]
    [InlineData("vm3.laptop1", Ask.Ptr)]
    [InlineData("laptop0", Ask.Txt)]
    [InlineData("laptop.megatux", Ask.A)]
    [InlineData("laptop.megatux", Ask.Ds)]
    [InlineData("megatux", Ask.A)]
    [InlineData("5.1.0.10.in-addr.arpa", Ask.A)]
    [InlineData("1.0.10.in-addr.arpa", Ask.Ptr)]
    [InlineData("9.31.172.in-addr.arpa", Ask.Ptr)]
    public void A_name_without_the_type_asked_for_is_answered_with_nothing_but_the_SOA(string name, ushort type)
    {
        Reply reply = Reply.To(Laptop, Ask.For(name, type));
        Assert.Equal((0, true), (reply.Code, reply.IsAuthoritative));
        Assert.Empty(reply.Answers);
        Assert.Equal(Ask.Soa, Assert.Single(reply.Authorities).Type);
    }

    [Theory]
    [InlineData("rack2.site", 0)]
    [InlineData("site", 0)]
    [InlineData("rack4.site", 3)]
    [InlineData("rack2.site.odd_one.v2.megatux", 0)]
    [InlineData("site.odd_one.v2.megatux", 0)]
    [InlineData("rack4.site.odd_one.v2.megatux", 3)]
    [InlineData("v2.megatux", 0)]
    [InlineData("node07.rack2.site", 0)]
    [InlineData("vm4.node07.rack2.site", 0)]
    [InlineData("vm5.node07.rack2.site", 3)]
    [InlineData("node7.rack2.site", 3)]
    [InlineData("vm0.rack2.site", 3)]
    [InlineData("vm0.b7", 0)]
    public void A_name_above_nodes_is_there_though_it_has_nothing(string name, int code) =>
        Assert.Equal(code, Reply.To(Odd, Ask.For(name, Ask.Txt)).Code);

    [Theory]
    [InlineData("example.com", Ask.A)]
    [InlineData("desktop0", Ask.A)]
    [InlineData("vm3\\.laptop1", Ask.A)]
    [InlineData("other.megatux", Ask.A)]
    [InlineData("7.9.0.10.in-addr.arpa", Ask.Ptr)]
    [InlineData("10.in-addr.arpa", Ask.Ns)]
    [InlineData("8.8.8.8.in-addr.arpa", Ask.Ptr)]
    [InlineData("in-addr.arpa", Ask.Ns)]
    [InlineData("laptop.megatux", Ask.Axfr)]
    [InlineData("laptop.megatux", Ask.Ixfr)]
    public void What_is_not_ours_is_refused_and_so_are_whole_zones(string name, ushort type)
    {
        Reply reply = Reply.To(Laptop, Ask.For(name, type));
        Assert.Equal((5, false), (reply.Code, reply.IsAuthoritative));
        Assert.Empty(reply.Answers.Concat(reply.Authorities));
        Assert.Single(reply.Questions);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(254)]
    [InlineData(255)]
    public void Classes_other_than_the_Internets_are_refused(ushort @class)
    {
        Assert.Equal(5, Reply.To(Laptop, Ask.For("version.bind", Ask.Txt, @class: @class)).Code);
        Assert.Equal(5, Reply.To(Laptop, Ask.For("laptop0", Ask.A, @class: @class)).Code);
    }

    [Theory]
    [InlineData(".", "laptop0.", "hostmaster.")]
    [InlineData("laptop.megatux.", "laptop0.laptop.megatux.", "hostmaster.laptop.megatux.")]
    [InlineData("1.0.10.in-addr.arpa.", "laptop0.", "hostmaster.")]
    [InlineData("0.31.172.in-addr.arpa.", "laptop0.", "hostmaster.")]
    public void The_top_of_a_zone_has_an_SOA_and_a_server_whose_name_has_an_address(string zone, string server, string mailbox)
    {
        ReplyRecord soa = Assert.Single(Reply.To(Laptop, Ask.For(zone, Ask.Soa)).Answers);
        Assert.Equal(zone, soa.Name);
        Assert.StartsWith($"{server} {mailbox} ", soa.Data, StringComparison.Ordinal);
        Assert.EndsWith($" {NameAnswerer.Ttl}", soa.Data, StringComparison.Ordinal);
        Assert.Equal(server, Assert.Single(Reply.To(Laptop, Ask.For(zone, Ask.Ns)).Answers).Data);
        Assert.Equal("172.31.0.1", Assert.Single(Reply.To(Laptop, Ask.For(server, Ask.A)).Answers).Data);
    }

    [Theory]
    [InlineData("vm3.laptop1", Ask.A)]
    [InlineData("5.1.0.10.in-addr.arpa", Ask.Ptr)]
    [InlineData("laptop.megatux", Ask.Soa)]
    public void Any_is_answered_with_one_record(string name, ushort type) =>
        Assert.Equal(type, Assert.Single(Reply.To(Laptop, Ask.For(name, Ask.Any)).Answers).Type);

    [Fact]
    public void Case_does_not_matter_and_is_sent_back_as_it_came()
    {
        Reply reply = Reply.To(Laptop, Ask.For("vM3.LaPtOp1.lApToP.MEGAtux", Ask.A));
        Assert.Equal("vM3.LaPtOp1.lApToP.MEGAtux.", Assert.Single(reply.Questions).Name);
        Assert.Equal(("vM3.LaPtOp1.lApToP.MEGAtux.", "10.0.1.5"), (reply.Answers[0].Name, reply.Answers[0].Data));
        Assert.Equal("vm3.laptop1.", Assert.Single(Reply.To(Laptop, Ask.For("5.1.0.10.IN-addr.ARPA", Ask.Ptr)).Answers).Data);
        Assert.Equal("vm4.Node07.Rack2.site.", Assert.Single(Reply.To(Odd, Ask.For(Reverse("vm4.node07.rack2.site"), Ask.Ptr)).Answers).Data);

        static string Reverse(string name) =>
            string.Join('.', Assert.Single(Reply.To(Odd, Ask.For(name, Ask.A)).Answers).Data.Split('.').Reverse()) + ".in-addr.arpa";
    }

    [Theory]
    [InlineData("vm3.laptop1.laptop.megatux", Ask.A, 16)]
    [InlineData("no.laptop.megatux", Ask.A, 2 + 10 + 8 + 2 + 11 + 2 + 20)]
    public void Names_that_the_question_holds_are_not_written_again(string name, ushort type, int bytes)
    {
        byte[] query = Ask.For(name, type);
        Assert.Equal(query.Length + bytes, Laptop.Answer(query, new byte[1232], NameTransport.Udp));
    }

    [Fact]
    public void Flags_of_the_query_come_back_and_no_recursion_is_offered()
    {
        Assert.Equal(0x8510, Reply.To(Laptop, Ask.For("laptop0", Ask.A, 0x0130)).Flags);
        Assert.Equal(0x8400, Reply.To(Laptop, Ask.For("laptop0", Ask.A, 0)).Flags);
    }

    [Fact]
    public void Nothing_is_allocated_by_an_answer()
    {
        byte[] response = new byte[1232];
        byte[][] queries = [
            Ask.For("vm3.laptop1", Ask.A), Ask.For("vm3.laptop1.laptop.megatux", Ask.Aaaa), Ask.For("laptop7", Ask.A),
            Ask.For("5.1.0.10.in-addr.arpa", Ask.Ptr, additional: Ask.Options()), Ask.For("example.com", Ask.A)];
        foreach (byte[] query in queries)
            Laptop.Answer(query, response, NameTransport.Udp);

        foreach (byte[] query in queries)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1000; i++)
                Laptop.Answer(query, response, NameTransport.Udp);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }
}
