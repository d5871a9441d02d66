using Megatux.Model;

namespace Megatux.Names;

// The records of an answer.
public sealed partial class NameAnswerer
{
    // RFC 1035, 3.3.13. Nobody copies our zones, so nobody compares serials or refreshes; the values are those of RFC 1912, 2.2.
    private const uint Serial = 1, Refresh = 86400, Retry = 7200, Expire = 3600000;
    private const string Mailbox = "hostmaster";

    /// <summary>What a name's question comes to.</summary>
    private readonly record struct Outcome(ushort Flags, byte Answers = 0, byte Authorities = 0);

    private Outcome TryFill(in Query asked, ref ResponseWriter records)
    {
        try
        {
            return Fill(asked, ref records);
        }
        catch (MegatuxException)
        {
            // A project's equation has no address for a node: all others have theirs.
            return new Outcome(Dns.ServerFailure);
        }
    }

    private Outcome Fill(in Query asked, ref ResponseWriter records)
    {
        // Whole zones are given to nobody: they have as many records as the experiment has nodes.
        if (asked.Class != Dns.Internet || asked.Type is >= Dns.Ixfr and <= Dns.MailAgents)
            return new Outcome(Dns.Refused);
        Finding found = ReverseZones.Holds(asked.Name) ? _reverse.Find(asked.Name) : _forward.Find(asked.Name);
        if (found.Zone == ZoneKind.None)
            return new Outcome(Dns.Refused);
        if (TryAnswer(asked, found, ref records))
            return new Outcome(Dns.Authoritative, Answers: 1);
        WriteSoa(asked, found, found.Apex, ref records);
        return new Outcome((ushort)(Dns.Authoritative | (found.Existence == Existence.Missing ? Dns.NameError : Dns.NoError)), Authorities: 1);
    }

    /// <summary>Writes the record that is asked for; for any, one that there is (RFC 8482, 4.1).</summary>
    private bool TryAnswer(in Query asked, in Finding found, ref ResponseWriter records)
    {
        bool any = asked.Type == Dns.Any;
        bool isApex = found.Existence == Existence.Bare && (found.Zone == ZoneKind.Root ? asked.Name.IsEmpty : found.Apex == 0);
        switch (found.Existence)
        {
            case Existence.Node when any || asked.Type == Dns.A:
                WriteAddress(asked, found, ref records);
                return true;
            case Existence.Address when any || asked.Type == Dns.Ptr:
                WritePointer(asked, found, ref records);
                return true;
            case Existence.Bare when isApex && (any || asked.Type == Dns.Soa):
                WriteSoa(asked, found, 0, ref records);
                return true;
            case Existence.Bare when isApex && asked.Type == Dns.Ns:
                WriteNameServer(asked, found, ref records);
                return true;
            default:
                return false;
        }
    }

    private void WriteAddress(in Query asked, in Finding found, ref ResponseWriter records)
    {
        IPv4Address address = found.Guest == NodeNames.NoGuest
            ? _experiment.HostAddress(found.Host)
            : _experiment.GuestAddress(found.Host, found.Guest);
        records.RestOfQuestion(0, asked.Name.Length);
        records.RecordHead(Dns.A, Ttl);
        records.Number((ushort)sizeof(uint));
        records.Number(address.Value);
    }

    private void WritePointer(in Query asked, in Finding found, ref ResponseWriter records)
    {
        Span<char> name = stackalloc char[NodeNames.MaxLength];
        name = name[.._names.Write(found.Host, found.Guest, name)];
        records.RestOfQuestion(0, asked.Name.Length);
        records.RecordHead(Dns.Ptr, Ttl);
        int data = records.BeginData();
        records.Labels(name);
        records.Byte(0);
        records.EndData(data);
    }

    private void WriteNameServer(in Query asked, in Finding found, ref ResponseWriter records)
    {
        records.RestOfQuestion(0, asked.Name.Length);
        records.RecordHead(Dns.Ns, Ttl);
        int data = records.BeginData();
        WriteServer(asked, found, ref records);
        records.EndData(data);
    }

    private void WriteSoa(in Query asked, in Finding found, int owner, ref ResponseWriter records)
    {
        records.RestOfQuestion(owner, asked.Name.Length);
        records.RecordHead(Dns.Soa, Ttl);
        int data = records.BeginData();
        WriteServer(asked, found, ref records);
        records.Labels(Mailbox);
        WriteDomain(asked, found, ref records);
        records.Number(Serial);
        records.Number(Refresh);
        records.Number(Retry);
        records.Number(Expire);
        records.Number(Ttl);
        records.EndData(data);
    }

    /// <summary>All hosts serve the same, and naming all would be linear in them: the first stands for all.</summary>
    private void WriteServer(in Query asked, in Finding found, ref ResponseWriter records)
    {
        Span<char> name = stackalloc char[NodeNames.MaxLength];
        records.Labels(name[.._names.Write(0, NodeNames.NoGuest, name)]);
        WriteDomain(asked, found, ref records);
    }

    /// <summary>Ends a name of ours: in the experiment's domain, if the question is; else bare.</summary>
    private static void WriteDomain(in Query asked, in Finding found, ref ResponseWriter records)
    {
        if (found.Zone == ZoneKind.Domain)
            records.RestOfQuestion(found.Apex, asked.Name.Length);
        else
            records.Byte(0);
    }
}
