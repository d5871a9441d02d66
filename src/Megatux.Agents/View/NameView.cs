using Megatux.Linux;
using Megatux.Model;

namespace Megatux.Agents;

/// <summary>What a node is told by the names service that it asks: its own name and address, and those of a node elsewhere.</summary>
internal static class NameView
{
    private const string ResolverFile = "/etc/resolv.conf", Keyword = "nameserver";
    private const int Attempts = 3, MostBytes = 64 << 10;
    private const ushort Port = 53;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Asks and compares.</summary>
    internal static void Compare(Experiment plan, Node node, List<string> differences)
    {
        // A host's own programs ask nobody; it serves its guests itself.
        IPv4Address server = node is HostNode host ? host.BridgeAddress : ((GuestNode)node).Gateway;
        if (node is GuestNode)
        {
            if (new FileInfo(ResolverFile) is not { Exists: true, Length: <= MostBytes } || ServerIn(File.ReadLines(ResolverFile)) is not { } found)
            {
                differences.Add($"there is no nameserver in {ResolverFile}");
                return;
            }

            if (found != server)
                differences.Add($"nameserver is {found}, expected {server}");
            server = found;
        }

        Node elsewhere = Elsewhere(plan, node);
        string? silence = null;
        foreach (Node asked in (Node[])(elsewhere.Name == node.Name ? [node] : [node, elsewhere]))
        {
            Ask(asked.Name, DnsQuestion.Address, asked.Address.ToString());
            Ask(DnsQuestion.ReverseOf(asked.Address), DnsQuestion.Pointer, asked.Name);
        }

        if (silence is not null)
            differences.Add(silence);

        void Ask(string name, ushort type, string expected)
        {
            // One that is silent once would be waited for again and again.
            if (silence is not null)
                return;
            if (AnswerOf(server, name, type) is not { } answer)
                silence = $"the nameserver {server} does not answer";
            else if (answer != expected)
                differences.Add($"the nameserver gives {answer} for {name}, expected {expected}");
        }
    }

    /// <summary>The first server of resolv.conf(5); null if there is none.</summary>
    internal static IPv4Address? ServerIn(IEnumerable<string> lines)
    {
        foreach (string line in lines)
            if (line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [Keyword, var text, ..] && IPv4Address.TryParse(text, out IPv4Address address))
                return address;
        return null;
    }

    /// <summary>The same guest of the next host, or the next host; where there is but one host, a neighbour.</summary>
    private static Node Elsewhere(Experiment plan, Node node) => node switch
    {
        GuestNode guest when plan.HostCount > 1 => plan.Guest((guest.HostRank + 1) % plan.HostCount, guest.Number),
        GuestNode guest => plan.Guest(guest.HostRank, (guest.Number + 1) % plan.VmsPerHost),
        HostNode host => plan.Host((host.Rank + 1) % plan.HostCount),
        _ => node,
    };

    private static string? AnswerOf(IPv4Address server, string name, ushort type)
    {
        Span<byte> answer = stackalloc byte[DnsQuestion.LongestAnswer];
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            ushort id = (ushort)Random.Shared.Next(ushort.MaxValue + 1);
            byte[] question = DnsQuestion.Write(id, name, type);
            int length = DatagramQuestion.Ask(server.ToIPAddress(), Port, question, answer, Patience);
            if (length > 0 && DnsQuestion.Read(answer[..length], id, type) is { } data)
                return data;
        }

        return null;
    }
}
