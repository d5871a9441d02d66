namespace Megatux.Linux;

/// <content>How requests about devices begin and end.</content>
public sealed partial class NetworkSetup
{
    private const int MacLength = 6;

    private NetlinkWriter BeginNewLink(string name, ReadOnlySpan<byte> mac)
    {
        ValidateMac(mac, nameof(mac), orNone: true);
        LinkName.Validate(name, nameof(name));
        Begin(Rtnetlink.NewLink, Rtnetlink.Create | Rtnetlink.Exclusive, Rtnetlink.LinkLength);
        _queue.Writer.Put(Rtnetlink.LinkNameAttribute, name);
        if (!mac.IsEmpty)
            _queue.Writer.Put(Rtnetlink.LinkAddress, mac);
        return _queue.Writer;
    }

    /// <summary>Begins a change of a device, which the kernel finds by its name where the header has no index.</summary>
    private NetlinkWriter BeginSetLink(string link, uint flags = 0)
    {
        LinkName.Validate(link, nameof(link));
        Span<byte> header = Begin(Rtnetlink.SetLink, 0, Rtnetlink.LinkLength);
        NetlinkWriter.Write(header[Rtnetlink.LinkFlagsAt..], flags);
        NetlinkWriter.Write(header[Rtnetlink.LinkChangeAt..], flags);
        _queue.Writer.Put(Rtnetlink.LinkNameAttribute, link);
        return _queue.Writer;
    }

    private Span<byte> Begin(ushort type, int flags, int familyHeaderLength)
    {
        EndDeletions();
        return BeginMessage(type, flags, familyHeaderLength);
    }

    private Span<byte> BeginMessage(ushort type, int flags, int familyHeaderLength) =>
        _queue.Writer.Begin(type, (ushort)(Rtnetlink.Request | Rtnetlink.Acknowledge | flags), _queue.NextSequence, familyHeaderLength);

    private void Queue(string operation, string link) =>
        _queue.Add(new NetworkRequest { Operation = operation, Subject = link, Link = link });

    private static void ValidateMac(ReadOnlySpan<byte> mac, string parameter, bool orNone)
    {
        if (mac.Length != MacLength && !(orNone && mac.IsEmpty))
            throw new ArgumentException($"A MAC address has {MacLength} bytes, not {mac.Length}.", parameter);
    }
}
