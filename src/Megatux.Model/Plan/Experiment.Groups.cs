namespace Megatux.Model;

// Sets of nodes by name.
public partial record Experiment
{
    private const char GroupSign = '@';

    /// <summary>All nodes, as ClusterShell has it.</summary>
    private const string Any = "@*";

    /// <summary>Reads a node set in which words (<see cref="NodeWords"/>) and groups (<c>@NAME</c>) stand for nodes of the experiment.</summary>
    /// <param name="text">The set: <c>all!@attackers</c>.</param>
    /// <exception cref="MegatuxException">The text is no set, or there is no such group.</exception>
    public NodeSet Parse(string text) => NodeSet.Parse(text, named: Named);

    /// <summary>The nodes that a word or a group stands for; null for what is neither.</summary>
    /// <param name="term">A term of a node set: <c>all</c>, <c>@all</c>, <c>@rack[1-3]</c>, <c>@*</c>.</param>
    /// <exception cref="MegatuxException">There is no such group.</exception>
    public NodeSet? Named(string term) => term switch
    {
        Any => Usual,
        [GroupSign, .. var name] => ByWord(name) ?? Groups.Find(name) ?? ByRange(name),
        _ => ByWord(term),
    };

    private NodeSet Usual => VmsPerHost > 0 ? Guests : Hosts;

    private NodeSet? ByWord(string word) => word switch
    {
        NodeWords.All => Usual,
        NodeWords.Guests => Guests,
        NodeWords.Hosts => Hosts,
        NodeWords.Everything => Everything,
        _ => null,
    };

    private NodeSet ByRange(string names)
    {
        if (!names.Contains('[') || !NodeSet.TryParse(names, out NodeSet several, out _) || several.Count > NodeGroups.Most)
            throw NoGroup(names);
        return NodeSet.UnionOf(several.Expand().Select(name => Groups.Find(name) ?? throw NoGroup(name)));
    }

    private MegatuxException NoGroup(string name)
    {
        string[] known = [.. Groups.Select(group => group.Name)];
        string hint = NearestName.Of(name, known) is { } near ? $"did you mean @{near}?"
            : known.Length == 0 ? $"{Name} has none. A project defines them by NodeGroup items."
            : $"those of {Name} are {Wording.Shorten(string.Join(", ", known.Select(one => GroupSign + one)))}.";
        return new MegatuxException(ErrorCodes.NodeSetNoSuchGroup, $"There is no node group {GroupSign}{Wording.Shorten(name)}: {hint}");
    }
}
