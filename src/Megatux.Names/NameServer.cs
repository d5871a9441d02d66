using System.Net;
using System.Net.Sockets;
using Megatux.Model;

namespace Megatux.Names;

/// <summary>Serves an experiment's names by DNS over UDP and TCP, at one address of the current network namespace.</summary>
public sealed class NameServer : IDisposable
{
    /// <summary>The port that resolvers ask.</summary>
    public const int DefaultPort = 53;

    // Any free port is asked for twice, once for each protocol; another program may hold the one that the first was given.
    private const int PortAttempts = 16;
    private const int Backlog = 64;

    // Bursts of a thousand guests that start at once must fit; the kernel doubles and caps it (net.core.rmem_max).
    private const int ReceiveBuffer = 1 << 20;

    private readonly NameAnswerer _answerer;
    private readonly Socket _udp, _tcp;

    private NameServer(NameAnswerer answerer, Socket udp, Socket tcp) => (_answerer, _udp, _tcp) = (answerer, udp, tcp);

    /// <summary>Where it serves.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_tcp.LocalEndPoint!;

    /// <summary>Takes the address and port; clients can ask from now on, and are answered by <see cref="RunAsync"/>.</summary>
    /// <param name="answerer">What answers.</param>
    /// <param name="endPoint">An IPv4 address of this network namespace, or 0.0.0.0 for all; port 0 for any that is free.</param>
    /// <exception cref="MegatuxException">
    /// The port is taken (<see cref="ErrorCodes.NamesPortTaken"/>), or the address cannot be used
    /// (<see cref="ErrorCodes.NamesAddressUnusable"/>).
    /// </exception>
    public static NameServer Listen(NameAnswerer answerer, IPEndPoint endPoint)
    {
        ArgumentNullException.ThrowIfNull(answerer);
        ArgumentNullException.ThrowIfNull(endPoint);
        for (int attempt = 1; ; attempt++)
        {
            Socket? udp = null, tcp = null;
            try
            {
                udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = ReceiveBuffer };
                udp.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.PacketInformation, endPoint.Address.Equals(IPAddress.Any));
                udp.Bind(endPoint);
                tcp = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                tcp.Bind(udp.LocalEndPoint!);
                tcp.Listen(Backlog);
                return new NameServer(answerer, udp, tcp);
            }
            catch (SocketException refused)
            {
                udp?.Dispose();
                tcp?.Dispose();
                if (endPoint.Port != 0 || refused.SocketErrorCode != SocketError.AddressAlreadyInUse || attempt == PortAttempts)
                    throw Unusable(endPoint, refused);
            }
        }
    }

    /// <summary>Answers until cancelled; every connection is closed and every thread gone when this ends. To be called once.</summary>
    /// <param name="cancellation">Ends the service, which is no error.</param>
    public async Task RunAsync(CancellationToken cancellation)
    {
        Task udp = new UdpService(_udp, _answerer).RunAsync(cancellation);
        Task tcp = new TcpService(_tcp, _answerer).RunAsync(cancellation);
        await Task.WhenAll(udp, tcp).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _udp.Dispose();
        _tcp.Dispose();
    }

    private static MegatuxException Unusable(IPEndPoint endPoint, SocketException refused) => refused.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => new MegatuxException(ErrorCodes.NamesPortTaken,
            $"port {endPoint.Port} of {endPoint.Address} is taken by another program: use another port, or end that program.", inner: refused),
        SocketError.AddressNotAvailable => new MegatuxException(ErrorCodes.NamesAddressUnusable,
            $"{endPoint.Address} is no address of this machine: use one of those that `ip address` shows.", inner: refused),
        SocketError.AccessDenied => new MegatuxException(ErrorCodes.NamesAddressUnusable,
            $"only root may serve on port {endPoint.Port}: use a port from 1024 on, or run as root.", inner: refused),
        _ => new MegatuxException(ErrorCodes.NamesAddressUnusable, $"{endPoint} cannot be served on ({refused.Message}): use another address.", inner: refused),
    };
}
