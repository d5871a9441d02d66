using System.Net.Sockets;
using System.Text;
using Megatux.Agents;

namespace Megatux.HostAgent;

/// <summary>
/// A socket of a host that nobody has a channel to, by which root asks there what the host's first process alone knows: the same
/// messages as a channel's.
/// </summary>
internal static class HostSocket
{
    /// <summary>Where it is.</summary>
    internal const string Path = Host.StateFolder + "/control";

    // What was answered is on its way up the tree before the machine is gone.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    /// <summary>Answers on it, on threads of its own.</summary>
    /// <param name="first">Ends the machine.</param>
    /// <param name="answerer">Makes what answers one who asks.</param>
    internal static void Listen(FirstProcess first, Func<MachineChannel, HostRequests> answerer)
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        File.Delete(Path);
        listener.Bind(new UnixDomainSocketEndPoint(Path));
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        listener.Listen();
        new Thread(() =>
        {
            while (true)
            {
                try
                {
                    Socket client = listener.Accept();
                    new Thread(() => Serve(client, first, answerer)) { IsBackground = true }.Start();
                }
                catch (SocketException refused)
                {
                    // The host goes on; it may have no descriptor left for a moment.
                    FirstProcess.Say($"{Path}: {refused.Message}");
                    Thread.Sleep(LastWords);
                }
            }
        })
        {
            IsBackground = true,
        }.Start();
    }

    private static void Serve(Socket client, FirstProcess first, Func<MachineChannel, HostRequests> answerer)
    {
        uint asked = 0;
        using var channel = new MachineChannel(new NetworkStream(client, ownsSocket: true));
        HostRequests requests = answerer(channel);
        try
        {
            channel.Receive((kind, payload) =>
            {
                if (kind == ChannelKind.Request && RequestNumber.TrySplit(payload, out uint number, out ReadOnlySpan<byte> request))
                {
                    asked = number;
                    if (request.SequenceEqual(Encoding.ASCII.GetBytes(Verbs.NextKernel)))
                        _ = Task.Delay(LastWords).ContinueWith(_ => first.Ask(EndOfMachine.NextKernel), TaskScheduler.Default);
                }

                requests.Receive(kind, payload);
            });
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // Whoever asked has ended.
        }

        // Nobody reads on.
        requests.Receive(ChannelKind.Cancel, RequestNumber.Before(asked, default));
    }
}
