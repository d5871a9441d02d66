namespace Megatux.Model;

// Routes. A host has one for its own guests (which comes with the bridge's address) and a few for everybody else's, answered
// on the physical network by proxy ARP of whichever host owns the address: no table of hosts exists anywhere.
public partial record Experiment
{
    /// <summary>All guest networks as the fewest networks that cover them exactly: about 60 at most, usually less than 10.</summary>
    public IReadOnlyList<IPv4Network> GuestSpace()
    {
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
