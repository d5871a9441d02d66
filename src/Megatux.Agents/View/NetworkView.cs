using Megatux.Linux;
using Megatux.Model;

namespace Megatux.Agents;

/// <summary>A node's devices and addresses against the plan.</summary>
internal static class NetworkView
{
    /// <summary>As many addresses as a line tells.</summary>
    private const int Most = 4;

    /// <summary>Compares.</summary>
    /// <param name="plan">The experiment.</param>
    /// <param name="node">The node.</param>
    /// <param name="links">Its devices.</param>
    /// <param name="addresses">Their addresses.</param>
    /// <param name="differences">Where differences are added.</param>
    internal static void Compare(Experiment plan, Node node, IReadOnlyList<NetworkLink> links, IReadOnlyList<(string Link, IPv4Address Address, int PrefixLength)> addresses, List<string> differences)
    {
        CompareOne(node.Interface, MacOf(plan, node, links), node.Address, node.PrefixLength, links, addresses, differences);
        if (node is HostNode host)
            CompareOne(host.Bridge, host.BridgeMac, host.BridgeAddress, host.GuestNetwork.PrefixLength, links, addresses, differences);

        // One that has an address of another's takes what is for that one.
        foreach ((string link, IPv4Address address, _) in addresses)
            if (plan.Find(address) is { } other && other.Name != node.Name)
                differences.Add($"{link} has the address {address}, which is {other.Name}'s");
    }

    // A host of metal has the Ethernet address that its maker gave it, and the plan none for it; but no other node's.
    private static MacAddress? MacOf(Experiment plan, Node node, IReadOnlyList<NetworkLink> links) =>
        node is GuestNode || (Find(links, node.Interface) is { Mac.Length: MacAddress.Octets } link && plan.Find(MacAddress.FromOctets(link.Mac.Span)) is not null) ? node.Mac : null;

    private static void CompareOne(string name, MacAddress? mac, IPv4Address address, int prefix,
        IReadOnlyList<NetworkLink> links, IReadOnlyList<(string Link, IPv4Address Address, int PrefixLength)> addresses, List<string> differences)
    {
        if (Find(links, name) is not { } link)
        {
            differences.Add($"there is no interface {name}");
            return;
        }

        if (!link.IsUp)
            differences.Add($"{name} is down");
        if (mac is { } expected && !link.Mac.Span.SequenceEqual(expected.ToOctets()))
            differences.Add($"MAC of {name} is {(link.Mac.Length == MacAddress.Octets ? MacAddress.FromOctets(link.Mac.Span) : "none")}, expected {expected}");
        string[] own = [.. addresses.Where(known => known.Link == name).Select(known => $"{known.Address}/{known.PrefixLength}")];
        if (!own.Contains($"{address}/{prefix}"))
            differences.Add($"address of {name} is {(own.Length == 0 ? "none" : string.Join(" and ", own.Take(Most)))}, expected {address}/{prefix}");
    }

    private static NetworkLink? Find(IReadOnlyList<NetworkLink> links, string name) => links.FirstOrDefault(link => link.Name == name);
}
