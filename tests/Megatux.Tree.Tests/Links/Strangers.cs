using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Megatux.Tree.Tests;

/// <summary>Peers that are no links of ours: with another key, with none, of an older TLS.</summary>
internal static class Strangers
{
    /// <summary>Speaks TLS with the right key, and then whatever a test writes.</summary>
    public static Task<SslStream> Keyed(IPEndPoint where) => Connect(where, Links.Key, SslProtocols.Tls13);

    /// <summary>Speaks TLS with a key or without one, and takes anybody.</summary>
    public static async Task<SslStream> Connect(IPEndPoint where, ExperimentKey? key, SslProtocols protocols)
    {
        var stream = new SslStream(new NetworkStream(await Plain(where), ownsSocket: true));
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = "anybody",
            EnabledSslProtocols = protocols,
            RemoteCertificateValidationCallback = static (_, shown, _, _) => shown is not null,
            ClientCertificates = key is null ? [] : [X509Certificate2.CreateFromPem(key.Text, key.Text)],
        };
        try
        {
            await stream.AuthenticateAsClientAsync(options, TestContext.Current.CancellationToken);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>Connects, and says nothing.</summary>
    public static async Task<Socket> Plain(IPEndPoint where)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(where, TestContext.Current.CancellationToken);
        return socket;
    }

    /// <summary>Reads until the other end closes.</summary>
    public static async Task UntilClosed(Stream stream)
    {
        byte[] buffer = new byte[4096];
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(Links.Deadline);
        try
        {
            while (await stream.ReadAsync(buffer, late.Token) > 0)
            {
            }
        }
        catch (IOException)
        {
            // It may close with a reset, or an alert of TLS.
        }
    }
}
