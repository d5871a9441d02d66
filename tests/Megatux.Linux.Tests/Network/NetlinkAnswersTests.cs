using System.Net;
using System.Text;

namespace Megatux.Linux.Tests;

public sealed class NetlinkAnswersTests
{
    private const int Rounds = 20_000;

    [Fact]
    public void A_message_that_was_written_is_read_back()
    {
        var reader = new NetlinkReader(Devices());
        Assert.True(reader.Read());
        NetworkLink first = NetlinkAnswers.Link(reader.Payload);
        Assert.Equal((5u, "veth", "v0", 42, true, 7, 1400),
            (reader.Sequence, first.Kind, first.Name, first.Index, first.IsUp, first.Master, first.Mtu));
        Assert.Equal([1, 2, 3, 4, 5, 6], first.Mac.ToArray());
        Assert.True(reader.Read());
        Assert.Equal("v1", NetlinkAnswers.Link(reader.Payload).Name);
        Assert.False(reader.Read());
    }

    [Fact]
    public void An_acknowledgement_tells_error_and_reason_with_and_without_the_request_in_it()
    {
        Assert.Equal((0, null), Acknowledged(0, Rtnetlink.Capped, 32, 0, null));
        Assert.Equal((17, "taken"), Acknowledged(-17, Rtnetlink.Capped | Rtnetlink.WithAttributes, 32, 0, "taken"));
        Assert.Equal((17, "taken"), Acknowledged(-17, Rtnetlink.WithAttributes, 33, 17, "taken"));
        Assert.Equal((17, null), Acknowledged(-17, Rtnetlink.Capped, 32, 0, "not announced"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(int.MinValue)]
    public void An_acknowledgement_of_an_impossible_error_is_refused(int error) =>
        Assert.Throws<InvalidDataException>(() => Acknowledged(error, Rtnetlink.Capped, 32, 0, null));

    [Fact]
    public void An_acknowledgement_that_claims_a_longer_request_than_there_is_is_refused()
    {
        foreach (uint length in new uint[] { 1000, int.MaxValue, uint.MaxValue - 3, uint.MaxValue })
            Assert.Throws<InvalidDataException>(() => Acknowledged(-17, Rtnetlink.WithAttributes, length, 0, "taken"));
    }

    [Fact]
    public void A_datagram_that_is_cut_short_is_refused_unless_between_messages()
    {
        byte[] devices = Devices();
        int whole = BitConverter.ToInt32(devices);
        for (int length = 0; length < devices.Length; length++)
            if (length == 0 || length == whole)
                Consume(devices.AsSpan(0, length));
            else
                Assert.Throws<InvalidDataException>(() => Consume(devices.AsSpan(0, length)));
    }

    [Fact]
    public void A_length_that_lies_is_refused_or_skipped_and_never_believed()
    {
        byte[] devices = Devices(), address = Address();
        var random = new Random(1);
        int refused = 0;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] lie = (byte[])(round % 2 == 0 ? devices : address).Clone();
            for (int changes = random.Next(1, 4); changes > 0; changes--)
                lie[random.Next(lie.Length)] = (byte)random.Next(256);
            try
            {
                Consume(lie.AsSpan(0, random.Next(4) == 0 ? random.Next(lie.Length) : lie.Length));
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1, Rounds - 1);
    }

    [Fact]
    public void Noise_is_refused_and_ends()
    {
        var random = new Random(2);
        byte[] noise = new byte[256];
        for (int round = 0; round < Rounds; round++)
        {
            random.NextBytes(noise);
            Span<byte> datagram = noise.AsSpan(0, random.Next(1, noise.Length));

            // A first length that fits, so that what follows it is looked at too.
            if (datagram.Length >= Rtnetlink.HeaderLength)
                BitConverter.TryWriteBytes(datagram, datagram.Length);
            try
            {
                Consume(datagram);
            }
            catch (InvalidDataException)
            {
                // As it should be.
            }
        }
    }

    [Fact]
    public void An_address_of_another_family_is_no_IPv4_address()
    {
        byte[] message = Address();
        var reader = new NetlinkReader(message);
        Assert.True(reader.Read());
        Assert.Equal((42, IPAddress.Parse("10.1.2.3"), 24), NetlinkAnswers.Address(reader.Payload));
        message[Rtnetlink.HeaderLength] = 10;
        reader = new NetlinkReader(message);
        Assert.True(reader.Read());
        Assert.Null(NetlinkAnswers.Address(reader.Payload));
    }

    // Reads a datagram as everything that we know how to read.
    private static void Consume(ReadOnlySpan<byte> datagram)
    {
        var reader = new NetlinkReader(datagram);
        while (reader.Read())
        {
            NetlinkAnswers.EndOfList(reader.Payload);
            if (reader.Type == Rtnetlink.NewAddress)
                NetlinkAnswers.Address(reader.Payload);
            else if (reader.Type == Rtnetlink.NewLink)
                NetlinkAnswers.Link(reader.Payload);
            else
                NetlinkAnswers.Error(reader.Payload, reader.Flags, out _);
        }
    }

    private static byte[] Devices()
    {
        var writer = new NetlinkWriter();
        foreach (string name in new[] { "v0", "v1" })
        {
            Span<byte> header = writer.Begin(Rtnetlink.NewLink, 0, 5, Rtnetlink.LinkLength);
            NetlinkWriter.Write(header[Rtnetlink.LinkIndexAt..], 42);
            NetlinkWriter.Write(header[Rtnetlink.LinkFlagsAt..], Rtnetlink.Up);
            writer.Put(Rtnetlink.LinkNameAttribute, name);
            writer.Put(Rtnetlink.LinkAddress, [1, 2, 3, 4, 5, 6]);
            writer.Put(Rtnetlink.LinkMtu, 1400);
            writer.Put(Rtnetlink.LinkMaster, 7);
            int info = writer.BeginNest(Rtnetlink.LinkInfo);
            writer.Put(Rtnetlink.InfoKind, "veth");
            writer.EndNest(info);
            writer.End();
        }

        return writer.Written.ToArray();
    }

    private static byte[] Address()
    {
        var writer = new NetlinkWriter();
        Span<byte> header = writer.Begin(Rtnetlink.NewAddress, 0, 5, Rtnetlink.AddressLength);
        (header[0], header[Rtnetlink.AddressPrefixAt], header[Rtnetlink.AddressIndexAt]) = (Rtnetlink.Inet, 24, 42);
        writer.Put(Rtnetlink.AddressLocal, [10, 1, 2, 3]);
        writer.End();
        return writer.Written.ToArray();
    }

    private static (int Error, string? Reason) Acknowledged(int error, int flags, uint requestLength, int requestPayload, string? reason)
    {
        var answer = new List<byte>();
        answer.AddRange(BitConverter.GetBytes(error));
        answer.AddRange(BitConverter.GetBytes(requestLength));
        answer.AddRange(new byte[Rtnetlink.HeaderLength - sizeof(uint) + Rtnetlink.Align(requestPayload)]);
        if (reason is not null)
        {
            byte[] text = Encoding.UTF8.GetBytes(reason + "\0");
            answer.AddRange(BitConverter.GetBytes((ushort)(Rtnetlink.AttributeHeaderLength + text.Length)));
            answer.AddRange(BitConverter.GetBytes(Rtnetlink.ErrorMessage));
            answer.AddRange(text);
        }

        int found = NetlinkAnswers.Error(answer.ToArray(), (ushort)flags, out string? words);
        return (found, words);
    }
}
