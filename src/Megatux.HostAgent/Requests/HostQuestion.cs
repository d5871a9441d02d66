using System.Net.Sockets;
using System.Text;
using Megatux.Agents;

namespace Megatux.HostAgent;

/// <summary>
/// <c>megatuxd ask REQUEST</c>: asks the first process of the host that it runs on, and writes the answer; its input is what is typed
/// at the console that it asked for. By jobs, the front-end so asks hosts that it has no channel to.
/// </summary>
internal static class HostQuestion
{
    /// <summary>The word that its arguments begin with.</summary>
    internal const string Word = "ask";

    internal static int Run(string line)
    {
        try
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(HostSocket.Path));
            using var channel = new MachineChannel(new NetworkStream(socket, ownsSocket: true));

            // Others ask at the same time, and guests are asked under the same number.
            uint number = (uint)Random.Shared.NextInt64(1, uint.MaxValue);
            string request = RequestText.FromLine(line);
            channel.Send(ChannelKind.Request, RequestNumber.Before(number, Encoding.UTF8.GetBytes(request)));
            if (RequestText.Split(request).First == Verbs.Console)
                new Thread(() => Type(channel, number)) { IsBackground = true }.Start();
            using Stream output = Console.OpenStandardOutput();
            channel.Receive((kind, payload) =>
            {
                if (kind != ChannelKind.Answer || !RequestNumber.TrySplit(payload, out uint answered, out ReadOnlySpan<byte> part) || answered != number)
                    return;
                if (part.IsEmpty)
                    Environment.Exit(0);
                output.Write(part);
                output.Flush();
            });
            return 1;
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            FirstProcess.Say($"{Word}: {failure.Message}");
            return 1;
        }
    }

    private static void Type(MachineChannel channel, uint number)
    {
        using Stream input = Console.OpenStandardInput();
        byte[] buffer = new byte[256];
        while (input.Read(buffer) is > 0 and int read)
            channel.Send(ChannelKind.Input, RequestNumber.Before(number, buffer.AsSpan(0, read)));
        Environment.Exit(0);
    }
}
