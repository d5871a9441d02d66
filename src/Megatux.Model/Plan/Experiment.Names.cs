namespace Megatux.Model;

// Names: from ranks, and back.
public partial record Experiment
{
    /// <summary>Name of a host.</summary>
    /// <param name="host">The host's rank.</param>
    public string HostName(long host) => Hosts.NodeAt(host);

    /// <summary>Name of a guest.</summary>
    /// <param name="host">The host's rank.</param>
    /// <param name="guest">The guest's number on that host.</param>
    public string GuestName(long host, int guest) => GuestNames.Of(guest, HostName(host));

    /// <summary>
    /// All guests as a node set. Its order is that of node sets, by guest number first;
    /// a guest's place in the experiment is <see cref="GuestIndex"/>.
    /// </summary>
    public NodeSet Guests => GuestsOf(Hosts);

    /// <summary>All guests of some hosts. Costs the number of ranges of their names.</summary>
    public NodeSet GuestsOf(NodeSet hosts)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        return VmsPerHost == 0 || hosts.IsEmpty ? NodeSet.Empty : NodeSet.Parse(GuestSetText(hosts));
    }

    /// <summary>All hosts and all guests.</summary>
    public NodeSet Everything => Hosts.Union(Guests);

    /// <summary>Finds a guest by name.</summary>
    /// <returns>False if there is no such guest.</returns>
    public bool TryGetGuest(string name, out long host, out int guest)
    {
        ArgumentNullException.ThrowIfNull(name);
        host = -1;
        if (GuestNames.TrySplit(name, out guest, out ReadOnlySpan<char> hostName) && guest < VmsPerHost)
            host = Hosts.RankOf(hostName.ToString());
        return host >= 0;
    }

    // Distributes "vm[0-49]." over the patterns of the hosts' set, of which there are as many as ranges, not nodes.
    private string GuestSetText(NodeSet hosts)
    {
        string prefix = VmsPerHost == 1 ? "vm0." : $"{GuestNames.Prefix}[0-{VmsPerHost - 1}].";
        return string.Join(',', NodePatterns.Split(hosts.ToString()).Select(pattern => prefix + pattern));
    }
}
