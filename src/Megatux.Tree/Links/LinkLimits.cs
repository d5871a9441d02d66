namespace Megatux.Tree;

/// <summary>What links may take up, whoever is at their other end.</summary>
public static class LinkLimits
{
    /// <summary>Bytes that wait to be sent on one link, at most.</summary>
    public const int Queue = 1 << 20;

    /// <summary>
    /// Peers at once that have connected and not yet shown their key; further ones wait in the kernel's backlog. One that has
    /// sent nothing takes a few KiB, one in the middle of its handshake less than 100.
    /// </summary>
    public const int Handshakes = 128;

    /// <summary>
    /// Connections that the kernel completes ahead of us, as far as net.core.somaxconn lets it: all hosts of a cluster may
    /// come at once.
    /// </summary>
    internal const int Backlog = 4096;

    /// <summary>
    /// Bytes that the kernel buffers for a link in each direction: a round trip of 0.2 ms at 10 Gbit/s. Without it, each
    /// child that stopped could keep 10 MiB of the kernel's memory.
    /// </summary>
    internal const int KernelBuffer = 256 * 1024;

    /// <summary>How long whoever connects to us may take to show that it has the key.</summary>
    public static readonly TimeSpan Handshake = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long it may take when <see cref="Handshakes"/> others are at it and more are coming, so that silent ones cannot keep
    /// those out who have the key.
    /// </summary>
    public static readonly TimeSpan HandshakeInCrowd = TimeSpan.FromSeconds(2);

    /// <summary>How long we take to connect: before a peer answers, thousands may have their turn.</summary>
    public static readonly TimeSpan Connecting = TimeSpan.FromSeconds(30);

    /// <summary>How long a link that is being closed may take to send the rest.</summary>
    public static readonly TimeSpan Closing = TimeSpan.FromSeconds(5);
}
