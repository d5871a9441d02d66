namespace Megatux.Model;

/// <summary>The part of an experiment that is to be booted: hosts, and guests of theirs.</summary>
/// <param name="Hosts">The hosts.</param>
/// <param name="Guests">The guests.</param>
public sealed record BootSelection(NodeSet Hosts, NodeSet Guests)
{
    /// <summary>
    /// The longest text in bytes that tells a host its guests. It is a word of the host's kernel command line, of which there
    /// are 2048 bytes in all.
    /// </summary>
    public const int LongestText = 1500;

    /// <summary>Hosts and guests.</summary>
    public NodeSet Nodes => Hosts.Union(Guests);

    /// <summary>What naming nodes means: a host is meant with all of its guests, a guest with its host. Costs the number of hosts.</summary>
    public static BootSelection Of(Experiment experiment, NodeSet named)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(named);
        NodeSet whole = named.Intersect(experiment.Hosts);
        NodeSet guests = named.Intersect(experiment.Guests);
        var hosts = new List<NodeSet> { whole };
        for (long rank = 0; rank < experiment.HostCount && !guests.IsEmpty; rank++)
        {
            var host = NodeSet.Parse(experiment.HostName(rank));
            if (!guests.Intersect(experiment.GuestsOf(host)).IsEmpty)
                hosts.Add(host);
        }

        return new BootSelection(NodeSet.UnionOf(hosts), guests.Union(experiment.GuestsOf(whole)));
    }

    /// <summary>The selection that has these <see cref="Nodes"/>: nobody is meant who is not named.</summary>
    public static BootSelection Exactly(Experiment experiment, NodeSet nodes)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(nodes);
        return new BootSelection(nodes.Intersect(experiment.Hosts), nodes.Intersect(experiment.Guests));
    }

    /// <summary>This and another.</summary>
    public BootSelection With(BootSelection other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new BootSelection(Hosts.Union(other.Hosts), Guests.Union(other.Guests));
    }

    /// <summary>What a host is to be told of its guests, as a node set; null when it is to boot all of them.</summary>
    /// <exception cref="MegatuxException">The text is too long.</exception>
    public string? TextFor(Experiment experiment, string host)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        NodeSet all = experiment.GuestsOf(NodeSet.Parse(host));
        NodeSet own = Guests.Intersect(all);
        if (own.IsEmpty || own.Count == all.Count)
            return null;
        string text = own.ToString();
        return text.Length <= LongestText ? text : throw new MegatuxException(ErrorCodes.SelectionTooLong,
            $"The {own.Count} guests of {host} that are to boot take {text.Length} characters to name, and a host can be told {LongestText}: name ranges of guests, or boot all {all.Count} of {host}.");
    }
}
