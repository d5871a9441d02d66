using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Megatux.Model;

namespace Megatux.Tree;

/// <summary>
/// What the nodes of one experiment know each other by: a key (ECDSA on P-256) and the certificate that it signs itself. Both
/// ends of a link show this same certificate, and take exactly this one: there is no authority, no name and no date to check.
/// </summary>
public sealed partial class ExperimentKey : IDisposable
{
    private const string Subject = "CN=" + Name;

    /// <summary>What the certificate is called, and every peer: who it is, only the key says.</summary>
    internal const string Name = "megatux";

    private readonly X509Certificate2 _certificate;
    private readonly byte[] _encoded;
    private readonly Lazy<SslStreamCertificateContext> _context;

    private ExperimentKey(X509Certificate2 certificate, string text)
    {
        (_certificate, Text, _encoded) = (certificate, text, certificate.RawData);
        // Only for who links: .NET looks here for the certificate's authorities, and reads all that the machine trusts, where it
        // has any (hosts do not). Offline: nothing is fetched.
        _context = new Lazy<SslStreamCertificateContext>(() => SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true));
    }

    /// <summary>The key and the certificate in PEM, as the file has them and as hosts are handed them. It is the secret itself.</summary>
    public string Text { get; }

    internal SslStreamCertificateContext Context => _context.Value;

    /// <summary>Makes a new key.</summary>
    public static ExperimentKey Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        // A node's clock may stand at 1970 when it joins; what ends a key's use is another key.
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(9999, 12, 31, 0, 0, 0, TimeSpan.Zero));
        return FromText($"{made.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n", "a new key");
    }

    /// <summary>Reads a key from its <see cref="Text"/>.</summary>
    /// <param name="text">Certificate and key in PEM.</param>
    /// <param name="source">Where it comes from, for errors.</param>
    /// <exception cref="MegatuxException">It is none (<see cref="ErrorCodes.KeyInvalid"/>).</exception>
    public static ExperimentKey FromText(string text, string source)
    {
        try
        {
            return new ExperimentKey(X509Certificate2.CreateFromPem(text, text), text);
        }
        catch (Exception invalid) when (invalid is CryptographicException or ArgumentException)
        {
            throw new MegatuxException(ErrorCodes.KeyInvalid,
                $"{source}: expected a certificate and its private key in PEM, found something else or damaged ones: remove it, and another is made when the experiment boots; hosts that run have the old one.", inner: invalid);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _certificate.Dispose();

    /// <summary>Whether a peer's certificate is this one, to the last byte; that it has the key too, TLS makes sure.</summary>
    internal bool IsOf(X509Certificate shown) => CryptographicOperations.FixedTimeEquals(shown.GetRawCertData(), _encoded);
}
