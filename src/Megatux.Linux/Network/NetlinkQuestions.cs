using System.Net;

namespace Megatux.Linux;

/// <summary>What the kernel is asked: one device by its name, or all devices and addresses.</summary>
internal sealed class NetlinkQuestions(NetlinkSocket socket)
{
    /// <summary>Questions have sequence numbers from here on, requests those below.</summary>
    internal const uint FirstSequence = 0x80000000;

    // A listing that other changes disturb is asked for again; one that is disturbed this often is an error.
    private const int MostAttempts = 100;

    private readonly NetlinkWriter _writer = new();
    private uint _sequence = FirstSequence;

    private delegate void Part(ReadOnlySpan<byte> payload);

    /// <summary>Asks for the index of a device.</summary>
    /// <returns>0, or an error number: ENODEV where there is no such device.</returns>
    internal int Index(string link, out uint index)
    {
        index = 0;
        Begin(Rtnetlink.GetLink, 0, Rtnetlink.LinkLength);
        _writer.Put(Rtnetlink.LinkNameAttribute, link);
        _writer.Put(Rtnetlink.LinkExtendedMask, Rtnetlink.SkipStatistics);
        uint found = 0;
        int error = Ask(Rtnetlink.NewLink, payload => found = (uint)NetlinkAnswers.Link(payload).Index, out _);
        if (error == 0 && found == 0)
            error = NativeNetwork.NoSuchDevice;
        index = found;
        return error;
    }

    /// <summary>Lists all network devices.</summary>
    internal List<NetworkLink> Links()
    {
        var links = new List<NetworkLink>();
        List("list network devices", links.Clear, Rtnetlink.GetLink, Rtnetlink.NewLink, Rtnetlink.LinkLength,
            payload => links.Add(NetlinkAnswers.Link(payload)));
        return links;
    }

    /// <summary>Lists all IPv4 addresses.</summary>
    internal List<(string Link, IPAddress Address, int PrefixLength)> Addresses()
    {
        var names = new Dictionary<int, string>();
        foreach (NetworkLink link in Links())
            names[link.Index] = link.Name;
        var addresses = new List<(string, IPAddress, int)>();
        List("list addresses", addresses.Clear, Rtnetlink.GetAddress, Rtnetlink.NewAddress, Rtnetlink.AddressLength, payload =>
        {
            // A device that came in between is left out: it was not there when we were asked.
            if (NetlinkAnswers.Address(payload) is var (index, address, length) && names.TryGetValue(index, out string? name))
                addresses.Add((name, address, length));
        });
        return addresses;
    }

    private void List(string what, Action forget, ushort question, ushort answer, int familyHeaderLength, Part part)
    {
        for (int attempt = 1; ; attempt++)
        {
            forget();
            Span<byte> header = Begin(question, Rtnetlink.Dump, familyHeaderLength);
            if (question == Rtnetlink.GetAddress)
                header[0] = Rtnetlink.Inet;
            else
                _writer.Put(Rtnetlink.LinkExtendedMask, Rtnetlink.SkipStatistics);
            int error = Ask(answer, part, out bool disturbed);
            if (error != 0 || (disturbed && attempt == MostAttempts))
                throw new NetworkSetupException(what, "of this network namespace", null, error == 0 ? NativeNetwork.TryAgain : error, null);
            if (!disturbed)
                return;
        }
    }

    private Span<byte> Begin(ushort type, ushort flags, int familyHeaderLength)
    {
        _writer.Clear();
        _sequence = (_sequence + 1) | FirstSequence;
        return _writer.Begin(type, (ushort)(Rtnetlink.Request | flags | Rtnetlink.Acknowledge), _sequence, familyHeaderLength);
    }

    /// <summary>Asks, and reads until the kernel says that this was all: by the end of a listing or an acknowledgement.</summary>
    private int Ask(ushort answer, Part part, out bool disturbed)
    {
        _writer.End();
        disturbed = false;
        int error = socket.Send(_writer.Written);
        while (error == 0)
        {
            error = socket.Receive(out ReadOnlySpan<byte> datagram);
            var messages = new NetlinkReader(datagram);
            while (error == 0 && messages.Read())
            {
                // What was left of a question that failed is none of this one's.
                if (messages.Sequence != _sequence)
                    continue;
                disturbed |= (messages.Flags & Rtnetlink.DumpInterrupted) != 0;
                if (messages.Type == answer)
                    part(messages.Payload);
                else if (messages.Type == Rtnetlink.MessageDone)
                    return NetlinkAnswers.EndOfList(messages.Payload);
                else if (messages.Type == Rtnetlink.MessageError)
                    return NetlinkAnswers.Error(messages.Payload, messages.Flags, out _);
            }
        }

        return error;
    }
}
