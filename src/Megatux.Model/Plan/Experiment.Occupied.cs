namespace Megatux.Model;

// Which parts of the address space have machines in them.
public partial record Experiment
{
    /// <summary>
    /// Whether a host, bridge or guest has an address between two. Where an equation does not rise, nobody can say, and it is
    /// true. Costs the same however far apart the two are.
    /// </summary>
    /// <param name="first">The lowest address.</param>
    /// <param name="last">The highest one.</param>
    public bool MayHaveNodes(IPv4Address first, IPv4Address last)
    {
        if (HostAddresses.MayHave(first.Value, last.Value))
            return true;
        NodeFunction networks = GuestNetworks;
        if (!networks.Rises)
            return true;

        // The network at the start, and the next one in case that ends in free addresses.
        long host = networks.FirstFrom(new IPv4Network(first, GuestPrefixLength).First.Value);
        for (long end = Math.Min(HostCount, host + 2); host < end; host++)
        {
            long start = networks.Of(host);
            long from = Math.Max(0, first.Value - start), to = Math.Min(GuestNetworkSize - 1, last.Value - start);
            if (from <= to && ((from <= BridgeOffset && to >= BridgeOffset) || (VmsPerHost > 0 && GuestPlaces.MayHave(from, to))))
                return true;
        }

        return false;
    }
}
