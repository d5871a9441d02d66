using System.Net.Sockets;
using Megatux.Linux;

namespace Megatux.Names;

/// <summary>Answers datagrams on a thread of its own, many with one system call.</summary>
internal sealed class UdpService(Socket socket, NameAnswerer answerer)
{
    // A batch's buffers and what they point to stay in the processor's caches. Longer queries than we send answers are none
    // that we could answer.
    private const int Batch = 64;

    private volatile bool _stopping;

    /// <summary>Serves until cancelled; the thread is gone when this ends.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        Task serving = Task.Factory.StartNew(Serve, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        using (cancellation.UnsafeRegister(static service => ((UdpService)service!).Stop(), this))
            await serving.ConfigureAwait(false);
    }

    private void Stop()
    {
        _stopping = true;
        try
        {
            // Wakes the thread up; the socket of a datagram service is not connected, which Linux minds only afterwards.
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
        }
    }

    private void Serve()
    {
        using var batch = new DatagramBatch(Batch, Dns.UdpLength, NameAnswerer.MaxUdpLength);
        DatagramBatch.Answerer answer = (query, response) => answerer.Answer(query, response, NameTransport.Udp);
        while (!_stopping)
        {
            try
            {
                batch.Receive(socket.SafeHandle);
            }
            catch (SocketException) when (!_stopping)
            {
                // What the kernel reports of one datagram (a route that is gone, memory that is short) says nothing of the next.
                Thread.Yield();
                continue;
            }

            batch.Answer(socket.SafeHandle, answer);
        }
    }
}
