using System.Net;
using System.Net.Sockets;

namespace Megatux.Linux.Tests;

public sealed class NetworkPathTests : IDisposable
{
    private const int Deadline = 60_000;

    private readonly TestNetwork _router = new();
    private readonly TestNetwork _guest = new();
    private readonly TestNetwork _server = new();

    public void Dispose()
    {
        _router.Dispose();
        _guest.Dispose();
        _server.Dispose();
    }

    [Fact(Timeout = Deadline)]
    public async Task A_guest_behind_a_bridge_reaches_another_network_by_its_router()
    {
        _router.Commit(setup =>
        {
            setup.AddBridge("br0", TestNetwork.Mac(1));
            setup.AddAddress("br0", IPAddress.Parse("10.1.0.1"), 24);
            setup.AddVeth("h0", TestNetwork.Mac(2), "eth0", TestNetwork.Mac(3), _guest.Descriptor);
            setup.SetMaster("h0", "br0");
            setup.AddVeth("h1", TestNetwork.Mac(4), "eth0", TestNetwork.Mac(5), _server.Descriptor);
            setup.AddAddress("h1", IPAddress.Parse("10.2.0.1"), 24);
            setup.SetUp("br0");
            setup.SetUp("h0");
            setup.SetUp("h1");
        });
        SetUpEnd(_guest, "10.1.0.2", "10.1.0.1");
        SetUpEnd(_server, "10.2.0.2", "10.2.0.1");

        // Only the router knows both networks, and passes nothing on until it is told to.
        _router.Namespace.Run(() => KernelSettings.Write("net/ipv4/ip_forward", "1"));
        using Socket listener = _server.Namespace.Run(() =>
        {
            Socket socket = NewSocket();
            socket.Bind(new IPEndPoint(IPAddress.Parse("10.2.0.2"), 7));
            socket.Listen();
            return socket;
        });
        using Socket client = _guest.Namespace.Run(NewSocket);
        await client.ConnectAsync(new IPEndPoint(IPAddress.Parse("10.2.0.2"), 7), TestContext.Current.CancellationToken);
        using Socket accepted = await listener.AcceptAsync(TestContext.Current.CancellationToken);
        Assert.Equal(IPAddress.Parse("10.1.0.2"), ((IPEndPoint)accepted.RemoteEndPoint!).Address);
    }

    private static void SetUpEnd(TestNetwork network, string address, string router) => network.Commit(setup =>
    {
        setup.AddAddress("eth0", IPAddress.Parse(address), 24);
        setup.SetUp("eth0");
        setup.AddRoute(IPAddress.Any, 0, IPAddress.Parse(router), null);
    });

    private static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
}
