namespace Megatux.Model;

/// <summary>Reads the node groups of an experiment that is well but for them, one after the other: each may use those before it.</summary>
internal static class GroupReader
{
    private const string Property = ExperimentProperties.NodeGroup;

    /// <summary>The experiment with its groups; all that is wrong with them is added to the problems.</summary>
    internal static Experiment Read(Experiment experiment, IReadOnlyList<GroupDescription> groups, ICollection<Problem> problems)
    {
        int length = 0;
        foreach (GroupDescription group in groups)
        {
            try
            {
                NodeSet nodes = Nodes(experiment, group);
                length += nodes.ToString(steps: true).Length;
                if (length > NodeGroups.MaxText || experiment.Groups.Count == NodeGroups.Most)
                    throw Refused(ErrorCodes.PlanValueOutOfRange,
                        $"The node groups up to {group.Name} are more than {NodeGroups.Most}, or their sets longer than {NodeGroups.MaxText} characters: use fewer, or ones of fewer ranges");
                experiment = experiment with { Groups = experiment.Groups.With(new NodeGroup(group.Name, nodes)) };
            }
            catch (MegatuxException refused)
            {
                // Those that use it would only repeat that it is not there.
                problems.Add(refused.Problem with { Subject = $"{Property}:{group.Name}" });
                return experiment;
            }
        }

        return experiment;
    }

    private static NodeSet Nodes(Experiment experiment, GroupDescription group)
    {
        string name = Wording.Shorten(group.Name);
        if (!IsName(group.Name))
            throw Refused(ErrorCodes.GroupNameUnusable,
                $"The node group '{name}' has no usable name: expected a letter, then letters, digits, '-', '_' and '.', {NodeGroups.MaxName} characters at most");
        if (NodeWords.Reserved.Contains(group.Name))
            throw Refused(ErrorCodes.GroupNameUnusable, $"The node group {name} has a name that stands for nodes of every experiment ({string.Join(", ", NodeWords.Reserved)}): choose another");
        if (experiment.Find(group.Name) is not null)
            throw Refused(ErrorCodes.GroupNameUnusable, $"The node group {name} is called as a node is: choose another name");
        if (experiment.Groups.Find(group.Name) is not null)
            throw Refused(ErrorCodes.GroupNameUnusable, $"There are two node groups {name}: join their Nodes by a comma, or rename one");
        if (string.IsNullOrWhiteSpace(group.Nodes))
            throw Refused(ErrorCodes.MetadataMalformed, $"The node group {name} lacks Nodes: expected a node set such as Nodes=\"{NodeWords.All}\"");
        NodeSet nodes = experiment.Parse(group.Nodes);
        if (nodes.IsEmpty)
            throw Refused(ErrorCodes.MetadataMalformed, $"The node group {name} has no node: '{Wording.Shorten(group.Nodes)}' leaves none");
        NodeSet strangers = nodes.Except(experiment.Everything);
        return strangers.IsEmpty ? nodes : throw Refused(ErrorCodes.NodesOutsideExperiment,
            $"{Wording.Shorten(strangers.ToString())} of the node group {name}: no such nodes. The nodes are {Wording.Shorten(experiment.Everything.ToString())}");
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= NodeGroups.MaxName && char.IsAsciiLetter(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    private static MegatuxException Refused(string code, string message) => new(code, $"{message}.");
}
