namespace Megatux.Names.Tests;

public sealed class FuzzTests
{
    private const int Rounds = 300_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Whatever_is_asked_the_answer_is_whole_and_within_bounds(int seed)
    {
        var random = new Random(seed);
        NameAnswerer[] answerers = [new(Experiments.Laptop), new(Experiments.Odd), new(Experiments.Hyperion)];
        byte[][] seeds = [
            Ask.For("vm3.laptop1.laptop.megatux", Ask.A, additional: Ask.Options(data: [0, 10, 0, 2, 1, 2])),
            Ask.For("vm4.Node07.Rack2.site", Ask.Aaaa), Ask.For("5.1.0.10.in-addr.arpa", Ask.Ptr, additional: Ask.Options(512, flags: 0x8000)),
            Ask.For("vm1023.ehyperion1036", Ask.Any), Ask.For(".", Ask.Soa), Ask.For("hyperion.megatux", Ask.Ns),
            Ask.For($"{new string('7', 63)}.{new string('x', 63)}.{new string('0', 63)}.laptop.megatux", Ask.Soa)];
        byte[] query = new byte[1024], response = new byte[2048];
        for (int i = 0; i < Rounds; i++)
        {
            byte[] start = seeds[random.Next(seeds.Length)];
            start.CopyTo(query, 0);
            int length = start.Length;
            for (int changes = random.Next(6); changes > 0; changes--)
                length = Mutate(random, query, length);

            int room = random.Next(4) == 0 ? random.Next(200) : response.Length;
            NameTransport transport = random.Next(2) == 0 ? NameTransport.Udp : NameTransport.Tcp;
            response.AsSpan(room).Fill(0xAA);
            int answered = answerers[random.Next(answerers.Length)].Answer(query.AsSpan(0, length), response.AsSpan(0, room), transport);
            Assert.InRange(answered, 0, Math.Min(room, NameAnswerer.MaxUdpLength));
            Assert.False(response.AsSpan(room).ContainsAnyExcept((byte)0xAA));
            if (answered == 0)
                continue;
            Reply reply = Reply.Parse(response.AsSpan(0, answered));
            Assert.Equal(query[0] << 8 | query[1], reply.Id);
            Assert.Contains(reply.Code, (int[])[0, 1, 3, 4, 5, 16]);
            if (reply.Questions is [var (name, _, _)])
                Assert.True(query.AsSpan(12, Math.Max(1, name.Length)).SequenceEqual(response.AsSpan(12, Math.Max(1, name.Length))), "another question came back");
        }
    }

    private static int Mutate(Random random, byte[] query, int length)
    {
        int at = random.Next(Math.Max(1, length));
        switch (random.Next(6))
        {
            case 0:
                query[at] = (byte)random.Next(256);
                return length;
            case 1:
                query[at] ^= (byte)(1 << random.Next(8));
                return length;
            case 2:
                return at;
            case 3:
                query[random.Next(Math.Min(length, 12) + 1)] = (byte)random.Next(4);
                return length;
            case 4 when length + 16 < query.Length:
                Array.Copy(query, at, query, at + 16, length - at);
                return length + 16;
            default:
                random.NextBytes(query.AsSpan(at, Math.Min(8, query.Length - at)));
                return length;
        }
    }
}
