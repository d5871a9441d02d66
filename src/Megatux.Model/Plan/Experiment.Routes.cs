namespace Megatux.Model;

// Routes. A host has one for its own guests (which comes with the bridge's address) and a few for everybody else's, answered
// on the physical network by proxy ARP of whichever host owns the address: no table of hosts exists anywhere.
public partial record Experiment
{
    /// <summary>The most networks that cover those of an equation. Those in a row never need more than 62.</summary>
    private const int MostPieces = 64;

    /// <summary>
    /// All guest networks as the fewest networks that cover them exactly, usually less than 10. Where an equation scatters
    /// them too much for 64, as ones that cover more; where it does not rise, as one.
    /// </summary>
    public IReadOnlyList<IPv4Network> GuestSpace()
    {
        if (Equations.GuestNetwork is { } own)
            return CoverOf(own);
        var pieces = new List<IPv4Network>();
        long start = GuestNetworkBase.Value;
        long end = start + (long)GuestSpaceSize;
        while (start < end)
        {
            // The largest network that begins at start: as aligned as start is, and no longer than what is left.
            int length = IPv4Network.SmallestFor(end - start);
            if (IPv4Network.SizeOf(length) > end - start)
                length++;
            while ((start & (IPv4Network.SizeOf(length) - 1)) != 0)
                length++;
            pieces.Add(new IPv4Network(new IPv4Address((uint)start), length));
            start += IPv4Network.SizeOf(length);
        }

        return pieces;
    }

    // From the network around all, those that are not full are split, the largest first: halves wait behind all that are larger.
    private List<IPv4Network> CoverOf(NodeEquation networks)
    {
        IPv4Network all = NetworkAround(networks);
        if (!networks.Rises)
            return [all];
        var pieces = new List<IPv4Network>();
        var open = new List<IPv4Network> { all };
        for (int at = 0; at < open.Count; at++)
        {
            IPv4Network piece = open[at];
            if (pieces.Count + open.Count - at >= MostPieces || NetworksIn(piece, networks) * GuestNetworkSize >= piece.Size)
            {
                pieces.Add(piece);
                continue;
            }

            int length = piece.PrefixLength + 1;
            foreach (IPv4Network half in (IPv4Network[])[new(piece.First, length), new(piece.Last, length)])
                if (NetworksIn(half, networks) > 0)
                    open.Add(half with { Address = half.First });
        }

        pieces.Sort((one, other) => one.First.CompareTo(other.First));
        return pieces;
    }

    /// <summary>The smallest network with the lowest and the highest guest network in it.</summary>
    private IPv4Network NetworkAround(NodeEquation networks)
    {
        (long lowest, long highest) = networks.Ends;
        var around = new IPv4Network(new IPv4Address((uint)lowest), GuestPrefixLength);
        while (!around.Contains(new IPv4Address((uint)highest)))
            around = around with { PrefixLength = around.PrefixLength - 1 };
        return around with { Address = around.First };
    }

    private static long NetworksIn(IPv4Network piece, NodeEquation networks) =>
        networks.FirstFrom(piece.First.Value + piece.Size) - networks.FirstFrom(piece.First.Value);

    private List<Route> HostRoutes(long host)
    {
        IPv4Network own = GuestNetwork(host);
        var routes = new List<Route>();
        foreach (IPv4Network piece in GuestSpace())
        {
            // A piece as small as the host's own network would be a second route to it, away from the bridge.
            if (piece != own)
                routes.Add(new Route(piece, HostInterface));
        }

        if (HostGateway is { } gateway)
            routes.Add(new Route(Route.Everywhere, HostInterface, gateway));
        return routes;
    }
}
