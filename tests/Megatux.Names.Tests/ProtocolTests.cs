namespace Megatux.Names.Tests;

public sealed class ProtocolTests
{
    private static readonly NameAnswerer Laptop = new(Experiments.Laptop);

    [Fact]
    public void Responses_and_scraps_are_not_answered()
    {
        byte[] query = Ask.For("laptop0", Ask.A);
        for (int length = 0; length < 12; length++)
            Assert.Equal(0, Laptop.Answer(query.AsSpan(0, length), new byte[512], NameTransport.Udp));
        query[2] |= 0x80;
        Assert.Equal(0, Laptop.Answer(query, new byte[512], NameTransport.Udp));
    }

    [Fact]
    public void A_query_that_is_cut_anywhere_is_a_format_error()
    {
        byte[] query = Ask.For("vm3.laptop1", Ask.A, additional: Ask.Options(data: [0, 10, 0, 2, 1, 2]));
        for (int length = 12; length < query.Length; length++)
            Assert.Equal(1, Reply.To(Laptop, query[..length]).Code);
        Assert.Equal(1, Reply.To(Laptop, [.. query, 0]).Code);
        Assert.Equal(0, Reply.To(Laptop, query).Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(65535)]
    public void Anything_but_one_question_is_a_format_error(int questions)
    {
        byte[] query = Ask.For("laptop0", Ask.A);
        (query[4], query[5]) = ((byte)(questions >> 8), (byte)questions);
        Reply reply = Reply.To(Laptop, query);
        Assert.Equal((1, Ask.Id), (reply.Code, reply.Id));
    }

    [Theory]
    [InlineData(0xC0)]
    [InlineData(0x80)]
    [InlineData(0x40)]
    public void A_question_with_a_pointer_or_a_label_of_another_kind_is_a_format_error(byte first)
    {
        byte[] query = Ask.For("laptop0", Ask.A);
        query[12] = first;
        Assert.Equal(1, Reply.To(Laptop, query).Code);
    }

    [Fact]
    public void A_name_may_have_255_bytes_and_no_more()
    {
        string label = new('x', 63);
        Assert.Equal(5, Reply.To(Laptop, Ask.For($"{label}.{label}.{label}.{new string('x', 61)}", Ask.A)).Code);
        Assert.Equal(1, Reply.To(Laptop, Ask.For($"{label}.{label}.{label}.{new string('x', 62)}", Ask.A)).Code);
        Assert.Equal(3, Reply.To(Laptop, Ask.For($"{label}.{label}.{label}.{new string('x', 46)}.laptop.megatux", Ask.A)).Code);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(15)]
    public void Other_operations_are_not_implemented(int opcode)
    {
        Reply reply = Reply.To(Laptop, Ask.For("laptop0", Ask.A, (ushort)(opcode << 11)));
        Assert.Equal((4, opcode), (reply.Code, reply.Flags >> 11 & 15));
    }

    [Fact]
    public void Who_sends_an_OPT_record_gets_one_and_nobody_else_does()
    {
        Assert.Empty(Reply.To(Laptop, Ask.For("laptop0", Ask.A)).Additional);
        foreach (string name in (string[])["laptop0", "laptop9", "example.com"])
        {
            ReplyRecord options = Assert.Single(Reply.To(Laptop, Ask.For(name, Ask.A, additional: Ask.Options())).Additional);
            Assert.Equal((".", Ask.Opt, (ushort)1232, 0u, ""), (options.Name, options.Type, options.Class, options.Ttl, options.Data));
        }
    }

    [Fact]
    public void DO_is_sent_back_and_unknown_options_and_flags_are_not()
    {
        Reply reply = Reply.To(Laptop, Ask.For("laptop0", Ask.A, additional: Ask.Options(flags: 0xFFFF, data: [0xFD, 0xE9, 0, 1, 7, 0, 10, 0, 0])));
        Assert.Equal((0x8000u, ""), (reply.Options!.Ttl, reply.Options.Data));
        Assert.Single(reply.Answers);
    }

    [Fact]
    public void An_EDNS_version_that_we_do_not_know_is_BADVERS()
    {
        Reply reply = Reply.To(Laptop, Ask.For("laptop0", Ask.A, additional: Ask.Options(version: 1)));
        Assert.Equal(16, reply.Code);
        Assert.Empty(reply.Answers);
        Assert.Equal(0u, reply.Options!.Ttl >> 16 & 0xFF);
    }

    [Fact]
    public void Two_OPT_records_or_one_of_another_name_or_with_damaged_options_are_a_format_error()
    {
        byte[] two = Ask.For("laptop0", Ask.A, additional: [.. Ask.Options(), .. Ask.Options()]);
        two[11] = 2;
        byte[] named = Ask.For("laptop0", Ask.A, additional: [1, (byte)'x', .. Ask.Options()]);
        byte[] damaged = Ask.For("laptop0", Ask.A, additional: Ask.Options(data: [0, 10, 0, 9, 1]));
        foreach (byte[] query in (byte[][])[two, named, damaged])
            Assert.Equal(1, Reply.To(Laptop, query).Code);
    }

    [Fact]
    public void Records_of_other_kinds_behind_the_question_do_not_matter()
    {
        // A TSIG-like record whose name is a pointer to the question's.
        byte[] query = Ask.For("laptop0", Ask.A, additional: [0xC0, 12, 0, 250, 0, 255, 0, 0, 0, 0, 0, 2, 1, 2]);
        Assert.Single(Reply.To(Laptop, query).Answers);
    }

    [Theory]
    [InlineData(12, 0)]
    [InlineData(36, 0)]
    [InlineData(40, 1)]
    [InlineData(50, 1)]
    [InlineData(51, 1)]
    public void What_does_not_fit_is_left_out_and_TC_says_so(int room, int questions)
    {
        // 12 of header, 13 + 4 of question, 11 of OPT, 16 of answer: 52 is not known to fit until it does.
        byte[] query = Ask.For("vm3.laptop1", Ask.A, additional: Ask.Options());
        Assert.Equal(56, Laptop.Answer(query, new byte[512], NameTransport.Udp));
        Reply reply = Reply.To(Laptop, query, room);
        Assert.True(reply.IsTruncated);
        Assert.Empty(reply.Answers);
        Assert.Equal(questions, reply.Questions.Count);
        Assert.Equal(questions, reply.Additional.Count);
        Assert.False(Reply.To(Laptop, query, 56).IsTruncated);
    }
}
