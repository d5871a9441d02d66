namespace Megatux.Model;

/// <summary>
/// The names of an experiment's nodes for whoever looks up many: nothing is allocated by a look-up, and capital letters
/// count as small ones, as in DNS. Prepared once from the ranges; its size does not depend on the number of nodes.
/// </summary>
public sealed class NodeNames
{
    /// <summary>No node's name is longer: what Linux takes for a host's name (__NEW_UTS_LEN), which the plan's checks hold names to.</summary>
    public const int MaxLength = 64;

    /// <summary>What stands for the guest's number where a host is meant.</summary>
    public const int NoGuest = -1;

    private readonly NodeIndex _hosts;
    private readonly NodeIndex _parents;
    private readonly NodeIndex _tops;
    private readonly int _guests;

    /// <summary>Prepares the names of an experiment whose plan has no faults.</summary>
    /// <param name="experiment">The experiment.</param>
    public NodeNames(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        _guests = experiment.VmsPerHost;
        _hosts = new NodeIndex(experiment.Hosts);
        HashSet<string> parents = [], tops = [];
        foreach (string pattern in NodePatterns.Split(experiment.Hosts.ToString().ToLowerInvariant()))
        {
            string rest = pattern;
            for (int dot = rest.IndexOf('.'); dot >= 0; dot = rest.IndexOf('.'))
                parents.Add(rest = rest[(dot + 1)..]);
            tops.Add(rest);
        }

        _parents = new NodeIndex(parents.Count == 0 ? NodeSet.Empty : NodeSet.Parse(string.Join(',', parents)));
        _tops = new NodeIndex(NodeSet.Parse(string.Join(',', tops)));
    }

    /// <summary>Finds a host or guest.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="host">The rank of the host, or of the guest's host; -1 if there is no such node.</param>
    /// <param name="guest">The guest's number on its host; <see cref="NoGuest"/> for a host.</param>
    /// <returns>False if there is no such node.</returns>
    public bool TryFind(ReadOnlySpan<char> name, out long host, out int guest)
    {
        if (GuestNames.TrySplit(name, out guest, out ReadOnlySpan<char> hostName, StringComparison.OrdinalIgnoreCase) && guest < _guests
            && _hosts.RankOf(hostName) is >= 0 and long ofGuest)
        {
            host = ofGuest;
            return true;
        }

        guest = NoGuest;
        host = _hosts.RankOf(name);
        return host >= 0;
    }

    /// <summary>
    /// Whether hosts' names end in a dot and this name: <c>rack1</c>, if there is a host n7.rack1. It may be no node's itself.
    /// </summary>
    public bool IsAboveHosts(ReadOnlySpan<char> name) => _parents.RankOf(name) >= 0;

    /// <summary>
    /// Whether some host's name ends in this label, or in one that differs from it in numbers only: laptop7 looks like
    /// laptop0, and whoever asks for it means a host of this experiment.
    /// </summary>
    /// <param name="label">What stands behind the last dot of a name.</param>
    public bool LooksLikeTopOfHost(ReadOnlySpan<char> label) => _tops.HasShapeOf(label);

    /// <summary>Writes a node's name, as the project spells it.</summary>
    /// <param name="host">The rank of the host, or of the guest's host.</param>
    /// <param name="guest">The guest's number on its host, or <see cref="NoGuest"/>.</param>
    /// <param name="target">Where to: at least <see cref="MaxLength"/> characters.</param>
    /// <returns>How many characters the name has.</returns>
    public int Write(long host, int guest, Span<char> target)
    {
        int length = 0;
        if (guest != NoGuest)
        {
            GuestNames.Prefix.CopyTo(target);
            guest.TryFormat(target[GuestNames.Prefix.Length..], out int digits, provider: System.Globalization.CultureInfo.InvariantCulture);
            length = GuestNames.Prefix.Length + digits;
            target[length++] = '.';
        }

        return length + _hosts.Write(host, target[length..]);
    }
}
