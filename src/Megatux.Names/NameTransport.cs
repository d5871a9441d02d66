namespace Megatux.Names;

/// <summary>How a query came, and its answer goes.</summary>
public enum NameTransport
{
    /// <summary>In a datagram, whose length the client limits.</summary>
    Udp,

    /// <summary>Over a connection, after its length.</summary>
    Tcp,
}
