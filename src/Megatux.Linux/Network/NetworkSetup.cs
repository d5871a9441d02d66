using System.Net;

namespace Megatux.Linux;

/// <summary>
/// Sets up the network of one namespace by rtnetlink (rtnetlink(7)): the one of the thread that opens it. Requests are queued
/// and sent in batches, so that a thousand devices take a few system calls. Not for several threads at once.
/// </summary>
/// <remarks>
/// Devices are named by 1 to 15 bytes without '/', ':', '%' and blanks; every method throws <see cref="ArgumentException"/> for
/// other names. A MAC address has six bytes; none at all where a device is added leaves the choice to the kernel. Addresses
/// are IPv4. What the kernel refuses comes to light in <see cref="Commit"/>.
/// <para>
/// With IPv6 on, each device that comes up sends multicasts of its own, and a bridge of n ports multiplies them by n: a
/// thousand ports keep a machine busy for tens of seconds. Write 1 to net/ipv6/conf/default/disable_ipv6
/// (<see cref="KernelSettings"/>) before adding ports that need no IPv6 themselves; the bridge passes their guests' all the same.
/// </para>
/// </remarks>
public sealed partial class NetworkSetup : IDisposable
{
    private readonly NetlinkSocket _socket;
    private readonly NetlinkQuestions _questions;
    private readonly NetworkQueue _queue;

    internal NetworkSetup(int wantedBuffer = NetlinkSocket.WantedBuffer, int? mostRequests = null)
    {
        _socket = new NetlinkSocket(wantedBuffer);
        _questions = new NetlinkQuestions(_socket);
        _queue = new NetworkQueue(_socket, _questions, mostRequests);
    }

    /// <summary>Opens a socket in the network namespace of the calling thread, to which it belongs from then on.</summary>
    /// <exception cref="IOException">The kernel has no rtnetlink, or the process too many open files.</exception>
    public static NetworkSetup Open() => new();

    /// <summary>Closes the socket. What was queued and not committed is forgotten.</summary>
    public void Dispose() => _socket.Dispose();

    /// <summary>Adds a bridge without spanning tree: its ports forward at once.</summary>
    public void AddBridge(string name, ReadOnlySpan<byte> mac)
    {
        NetlinkWriter writer = BeginNewLink(name, mac);
        int info = writer.BeginNest(Rtnetlink.LinkInfo);
        writer.Put(Rtnetlink.InfoKind, "bridge");
        int data = writer.BeginNest(Rtnetlink.InfoData);
        writer.Put(Rtnetlink.BridgeSpanningTree, 0u);
        writer.Put(Rtnetlink.BridgeForwardDelay, 0u);
        writer.EndNest(data);
        writer.EndNest(info);
        Queue("add bridge", name);
    }

    /// <summary>Adds two Ethernet devices, each of which receives what the other sends.</summary>
    /// <param name="name">The one in this namespace.</param>
    /// <param name="mac">Its MAC address.</param>
    /// <param name="peer">The other.</param>
    /// <param name="peerMac">Its MAC address.</param>
    /// <param name="peerNamespace">Descriptor of the other's network namespace, open until the commit; null for this one.</param>
    public void AddVeth(string name, ReadOnlySpan<byte> mac, string peer, ReadOnlySpan<byte> peerMac, int? peerNamespace = null)
    {
        LinkName.Validate(peer, nameof(peer));
        ValidateMac(peerMac, nameof(peerMac), orNone: true);
        NetlinkWriter writer = BeginNewLink(name, mac);
        int info = writer.BeginNest(Rtnetlink.LinkInfo);
        writer.Put(Rtnetlink.InfoKind, "veth");
        int data = writer.BeginNest(Rtnetlink.InfoData);
        int other = writer.BeginNest(Rtnetlink.VethPeer);
        writer.Take(Rtnetlink.LinkLength);
        writer.Put(Rtnetlink.LinkNameAttribute, peer);
        if (!peerMac.IsEmpty)
            writer.Put(Rtnetlink.LinkAddress, peerMac);
        if (peerNamespace is { } descriptor)
            writer.Put(Rtnetlink.LinkNamespace, (uint)descriptor);
        writer.EndNest(other);
        writer.EndNest(data);
        writer.EndNest(info);
        Queue("add veth", name);
    }

    /// <summary>Changes a device's MAC address. Some drivers allow it only while the device is down.</summary>
    public void SetMac(string link, ReadOnlySpan<byte> mac)
    {
        ValidateMac(mac, nameof(mac), orNone: false);
        BeginSetLink(link).Put(Rtnetlink.LinkAddress, mac);
        Queue("set MAC address of", link);
    }

    /// <summary>Changes a device's largest payload.</summary>
    /// <param name="link">The device.</param>
    /// <param name="mtu">Bytes, from 0; the driver knows its own limits, mostly 68 to 65535.</param>
    public void SetMtu(string link, int mtu)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(mtu);
        BeginSetLink(link).Put(Rtnetlink.LinkMtu, (uint)mtu);
        Queue("set MTU of", link);
    }

    /// <summary>Makes a device a port of a bridge, which may be queued itself.</summary>
    public void SetMaster(string link, string bridge)
    {
        LinkName.Validate(bridge, nameof(bridge));
        int at = BeginSetLink(link).Put(Rtnetlink.LinkMaster, 0u);
        _queue.Add(new NetworkRequest { Operation = "set master of", Subject = link, Link = link, IndexOf = bridge, IndexAt = at });
    }

    /// <summary>Sets a device up.</summary>
    public void SetUp(string link)
    {
        BeginSetLink(link, Rtnetlink.Up);
        Queue("set up", link);
    }

    /// <summary>
    /// Moves a device to another network namespace, where it is down, of no bridge and without addresses. This takes the kernel
    /// milliseconds for each: a new veth had better have its peer there from the start (<see cref="AddVeth"/>).
    /// </summary>
    /// <param name="link">The device.</param>
    /// <param name="namespaceFd">Descriptor of the namespace, open until the commit.</param>
    /// <param name="newName">What it is called there; null to keep its name.</param>
    public void MoveToNamespace(string link, int namespaceFd, string? newName = null)
    {
        LinkName.Validate(link, nameof(link));
        if (newName is not null)
            LinkName.Validate(newName, nameof(newName));
        Begin(Rtnetlink.SetLink, 0, Rtnetlink.LinkLength);
        _queue.Writer.Put(Rtnetlink.LinkNameAttribute, newName ?? link);
        _queue.Writer.Put(Rtnetlink.LinkNamespace, (uint)namespaceFd);

        // The name names the device only where no index does: to give it another, the index must be known.
        _queue.Add(new NetworkRequest
        {
            Operation = "move to a namespace",
            Subject = link,
            Link = link,
            IndexOf = newName is null ? null : link,
            IndexAt = _queue.Writer.Message + Rtnetlink.HeaderLength + Rtnetlink.LinkIndexAt,
            ChangesNames = true,
        });
    }

    /// <summary>Gives a device another name. Linux allows it only while the device is down.</summary>
    public void Rename(string link, string newName)
    {
        LinkName.Validate(link, nameof(link));
        LinkName.Validate(newName, nameof(newName));
        Begin(Rtnetlink.SetLink, 0, Rtnetlink.LinkLength);
        _queue.Writer.Put(Rtnetlink.LinkNameAttribute, newName);
        _queue.Add(new NetworkRequest
        {
            Operation = "rename",
            Subject = link,
            Link = link,
            IndexOf = link,
            IndexAt = _queue.Writer.Message + Rtnetlink.HeaderLength + Rtnetlink.LinkIndexAt,
            ChangesNames = true,
        });
    }

    /// <summary>Sends all that is queued, in order, and waits for every acknowledgement. The queue is empty afterwards.</summary>
    /// <exception cref="NetworkSetupException">
    /// The first request that failed, by operation and device: "add bridge mtx0: File exists". Those behind it were carried
    /// out nevertheless, as far as they could be without it.
    /// </exception>
    /// <exception cref="InvalidDataException">The kernel's answer is none that rtnetlink(7) knows.</exception>
    public void Commit()
    {
        EndDeletions();
        _queue.Commit();
    }

    /// <summary>All network devices of the namespace, by index; what is queued is not seen.</summary>
    /// <exception cref="NetworkSetupException">The kernel does not tell.</exception>
    public IReadOnlyList<NetworkLink> Links() => _questions.Links();

    /// <summary>All IPv4 addresses of the namespace; what is queued is not seen.</summary>
    /// <exception cref="NetworkSetupException">The kernel does not tell.</exception>
    public IReadOnlyList<(string Link, IPAddress Address, int PrefixLength)> Addresses() => _questions.Addresses();
}
