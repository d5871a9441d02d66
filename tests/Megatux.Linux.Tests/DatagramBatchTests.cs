using System.Net;
using System.Net.Sockets;

namespace Megatux.Linux.Tests;

public sealed class DatagramBatchTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_datagram_gets_the_answer_to_it_and_those_without_or_too_long_get_none()
    {
        using Socket server = Bound(), client = Bound();
        client.Connect(server.LocalEndPoint!);
        foreach (byte[] query in (byte[][])[[1], [0], new byte[9], [2, 2], [3]])
            client.Send(query);
        using var batch = new DatagramBatch(capacity: 3, queryRoom: 8, answerRoom: 8);
        for (int received = 0; received < 5;)
        {
            received += await Task.Run(() => batch.Receive(server.SafeHandle), Stop).WaitAsync(Deadline, Stop);
            batch.Answer(server.SafeHandle, (query, answer) =>
            {
                query.CopyTo(answer);
                answer[query.Length] = 0xFF;
                return query[0] == 0 ? 0 : query.Length + 1;
            });
        }

        foreach (byte[] expected in (byte[][])[[1, 0xFF], [2, 2, 0xFF], [3, 0xFF]])
        {
            byte[] answer = new byte[16];
            int length = await client.ReceiveAsync(answer, Stop).AsTask().WaitAsync(Deadline, Stop);
            Assert.Equal(expected, answer[..length]);
        }
    }

    [Fact]
    public async Task A_socket_that_is_shut_down_wakes_up_who_waits_for_datagrams()
    {
        using Socket server = Bound();
        using var batch = new DatagramBatch(capacity: 2, queryRoom: 8, answerRoom: 8);
        Task<int> waiting = Task.Run(() => batch.Receive(server.SafeHandle), Stop);
        while (!waiting.IsCompleted)
        {
            // Whoever waits only afterwards is woken up as well.
            Assert.Throws<SocketException>(() => server.Shutdown(SocketShutdown.Both));
            await Task.WhenAny(waiting, Task.Delay(10, Stop)).WaitAsync(Deadline, Stop);
        }

        Assert.Equal(0, await waiting);
    }

    private static Socket Bound()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }
}
