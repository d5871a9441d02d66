using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Megatux.Model;

namespace Megatux.Names.Tests;

public sealed class NameServerTests
{
    private static CancellationToken Late => new CancellationTokenSource(ServedNames.Deadline).Token;

    [Fact]
    public async Task Many_datagrams_at_once_are_all_answered()
    {
        await using var served = new ServedNames(Experiments.Laptop);
        using var client = new UdpClient();
        client.Connect(served.EndPoint);
        var expected = new HashSet<string>();
        for (int guest = 0; guest < 50; guest++)
        {
            await client.SendAsync(Ask.For($"vm{guest}.laptop1", Ask.A), Late);
            expected.Add($"10.0.1.{guest + 2}");
        }

        while (expected.Count > 0)
            Assert.True(expected.Remove(Reply.Parse((await client.ReceiveAsync(Late)).Buffer).Answers[0].Data));
    }

    [Fact]
    public async Task Datagrams_that_cannot_be_answered_do_not_keep_others_from_it()
    {
        await using var served = new ServedNames(Experiments.Laptop);
        using var client = new UdpClient();
        client.Connect(served.EndPoint);
        foreach (byte[] hostile in (byte[][])[[], [1], new byte[60_000], Response(), new byte[12]])
            await client.SendAsync(hostile, Late);
        await client.SendAsync(Ask.For("laptop1", Ask.A), Late);

        // A header of zeros with no question is answered with a format error; the rest with silence.
        Assert.Equal(1, Reply.Parse((await client.ReceiveAsync(Late)).Buffer).Code);
        Assert.Equal("172.31.0.2", Reply.Parse((await client.ReceiveAsync(Late)).Buffer).Answers[0].Data);

        static byte[] Response()
        {
            byte[] query = Ask.For("laptop0", Ask.A);
            query[2] |= 0x80;
            return query;
        }
    }

    [Fact]
    public async Task An_answer_comes_from_the_address_that_was_asked()
    {
        await using var served = new ServedNames(Experiments.Laptop, IPAddress.Any);
        using var client = new UdpClient();
        client.Connect(new IPEndPoint(IPAddress.Parse("127.0.0.77"), served.EndPoint.Port));
        await client.SendAsync(Ask.For("laptop1", Ask.A), Late);
        Assert.Single(Reply.Parse((await client.ReceiveAsync(Late)).Buffer).Answers);
    }

    [Fact]
    public async Task Queries_over_TCP_may_come_many_at_once_and_in_pieces()
    {
        await using var served = new ServedNames(Experiments.Laptop);
        using var client = new TcpClient();
        await client.ConnectAsync(served.EndPoint, Late);
        NetworkStream stream = client.GetStream();
        byte[] many = [.. Enumerable.Range(0, 50).SelectMany(guest => Framed(Ask.For($"vm{guest}.laptop0", Ask.A, additional: Ask.Options())))];
        Task writing = Task.Run(async () =>
        {
            for (int i = 0; i < many.Length; i += 997)
                await stream.WriteAsync(many.AsMemory(i, Math.Min(997, many.Length - i)), Late);
        }, Late);
        for (int guest = 0; guest < 50; guest++)
            Assert.Equal($"10.0.0.{guest + 2}", (await Read(stream)).Answers[0].Data);
        await writing;
    }

    [Theory]
    [InlineData(new byte[] { 0, 0 })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0 })]
    [InlineData(new byte[] { 0, 3, 1, 2, 3 })]
    public async Task Who_sends_what_is_no_query_over_TCP_is_hung_up_on(byte[] bytes)
    {
        await using var served = new ServedNames(Experiments.Laptop);
        using var client = new TcpClient();
        await client.ConnectAsync(served.EndPoint, Late);
        await client.GetStream().WriteAsync(bytes, Late);
        Assert.Equal(0, await ReadSome(client));
    }

    [Fact]
    public async Task One_address_gets_so_many_connections_and_another_still_its_own()
    {
        await using var served = new ServedNames(Experiments.Laptop);
        var clients = new List<TcpClient>();
        try
        {
            for (int i = 0; i < TcpLimits.ConnectionsOfOne; i++)
            {
                clients.Add(new TcpClient());
                await clients[i].ConnectAsync(served.EndPoint, Late);
                Assert.Single((await AskOver(clients[i])).Answers);
            }

            using (var over = new TcpClient())
            {
                await over.ConnectAsync(served.EndPoint, Late);
                Assert.Equal(0, await ReadSome(over));
            }

            using var other = new TcpClient(new IPEndPoint(IPAddress.Parse("127.0.0.9"), 0));
            await other.ConnectAsync(served.EndPoint, Late);
            Assert.Single((await AskOver(other)).Answers);
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    public async Task A_service_with_clients_stops_at_once_when_it_is_told_to()
    {
        await using var served = new ServedNames(Experiments.Laptop);
        using var client = new TcpClient();
        await client.ConnectAsync(served.EndPoint, Late);
        Assert.Single((await AskOver(client)).Answers);
        served.Stop();
        await served.Running.WaitAsync(ServedNames.Deadline, Late);
        Assert.Equal(0, await ReadSome(client));
    }

    [Fact]
    public async Task A_port_that_is_taken_and_an_address_that_is_not_ours_are_told_apart()
    {
        await using var served = new ServedNames(Experiments.Laptop);
        var answerer = new NameAnswerer(Experiments.Laptop);
        MegatuxException taken = Assert.Throws<MegatuxException>(() => NameServer.Listen(answerer, served.EndPoint));
        Assert.Equal(ErrorCodes.NamesPortTaken, taken.Problem.Code);
        Assert.Contains($"port {served.EndPoint.Port}", taken.Message, StringComparison.Ordinal);
        MegatuxException foreign = Assert.Throws<MegatuxException>(() => NameServer.Listen(answerer, new IPEndPoint(IPAddress.Parse("192.0.2.1"), 0)));
        Assert.Equal(ErrorCodes.NamesAddressUnusable, foreign.Problem.Code);
    }

    [Theory]
    [InlineData("127.0.0.1:5353", "127.0.0.1:5353")]
    [InlineData("10.0.0.1", "10.0.0.1:53")]
    [InlineData("127.1:53", null)]
    [InlineData("127.0.0.1:70000", null)]
    [InlineData("127.0.0.1:", null)]
    [InlineData("[::1]:53", null)]
    [InlineData("", null)]
    public void Where_to_listen_is_read_strictly(string text, string? endPoint)
    {
        if (endPoint is not null)
            Assert.Equal(endPoint, NamesProgram.ParseEndPoint(text).ToString());
        else
            Assert.Equal(ErrorCodes.NamesListenUnclear, Assert.Throws<MegatuxException>(() => NamesProgram.ParseEndPoint(text)).Problem.Code);
    }

    private static byte[] Framed(byte[] message) => [(byte)(message.Length >> 8), (byte)message.Length, .. message];

    private static async Task<Reply> AskOver(TcpClient client)
    {
        await client.GetStream().WriteAsync(Framed(Ask.For("vm0.laptop0", Ask.A)), Late);
        return await Read(client.GetStream());
    }

    private static async Task<Reply> Read(NetworkStream stream)
    {
        byte[] length = new byte[2];
        await stream.ReadExactlyAsync(length, Late);
        byte[] message = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        await stream.ReadExactlyAsync(message, Late);
        return Reply.Parse(message);
    }

    /// <summary>How many bytes come; 0 if the other side hung up, by a reset as well.</summary>
    private static async Task<int> ReadSome(TcpClient client)
    {
        try
        {
            return await client.GetStream().ReadAsync(new byte[512], Late);
        }
        catch (IOException reset) when (reset.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            return 0;
        }
    }
}
