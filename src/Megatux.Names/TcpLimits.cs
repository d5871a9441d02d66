namespace Megatux.Names;

/// <summary>What clients over TCP may take up: hostile guests, all of them at once, must cost a host next to nothing.</summary>
internal static class TcpLimits
{
    /// <summary>Connections at once; further ones are closed as they come. With <see cref="Buffer"/>, 1 MiB in all.</summary>
    public const int Connections = 128;

    /// <summary>Connections at once from one address, so that one guest cannot keep the others out.</summary>
    public const int ConnectionsOfOne = 8;

    /// <summary>The longest query taken, in bytes: our longest question with all options that a resolver sends is far shorter.</summary>
    public const int Query = 2048;

    /// <summary>Bytes of a buffer; each connection has one for queries and one for answers.</summary>
    public const int Buffer = 4096;

    /// <summary>How long a client may take for its next whole query, or to take its answers (RFC 7766, 6.2.3 asks for a few seconds).</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
}
