using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Megatux.Tree;

/// <summary>
/// How TLS is spoken with one peer: version 1.3 only, both sides show the experiment's certificate, and nothing else is
/// trusted, looked up or fetched. Says in our words why a handshake failed, for the agents' .NET has none.
/// </summary>
internal sealed class TlsPeer(ExperimentKey key)
{
    private string? _fault;

    /// <summary>Both ends' settings are the same but for their types.</summary>
    public SslServerAuthenticationOptions AsServer() => new()
    {
        ServerCertificateContext = key.Context,
        ClientCertificateRequired = true,
        EnabledSslProtocols = SslProtocols.Tls13,
        RemoteCertificateValidationCallback = Check,
        CertificateChainPolicy = NoAuthority(),
        // A ticket would be a second way in, and state that is kept of peers.
        AllowTlsResume = false,
        AllowRenegotiation = false,
    };

    /// <inheritdoc cref="AsServer"/>
    public SslClientAuthenticationOptions AsClient() => new()
    {
        TargetHost = ExperimentKey.Name,
        ClientCertificateContext = key.Context,
        EnabledSslProtocols = SslProtocols.Tls13,
        RemoteCertificateValidationCallback = Check,
        CertificateChainPolicy = NoAuthority(),
        AllowTlsResume = false,
        AllowRenegotiation = false,
    };

    /// <summary>Why the handshake failed, given what it threw.</summary>
    public string Reason(Exception failure) => _fault ?? failure switch
    {
        AuthenticationException => "it does not speak TLS 1.3, or refuses our key",
        OperationCanceledException => "it took too long to show that it has the experiment's key",
        IOException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionReset } } or SocketException => "it broke the connection before it had shown that it has the experiment's key",
        _ => "it ended the connection before it had shown that it has the experiment's key",
    };

    private bool Check(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        // What is wrong with chain and name does not matter: one certificate is right, wherever it is met and whatever the date.
        if (shown is not null && key.IsOf(shown))
            return true;
        _fault = shown is null ? "it shows no key" : "it shows another key than the experiment's";
        return false;
    }

    // Otherwise .NET reads all authorities that the machine trusts, and fetches what a stranger's certificate names.
    private static X509ChainPolicy NoAuthority() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
    };
}
