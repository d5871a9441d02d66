namespace Megatux.Model;

// What else names nodes is held against the plan.
public partial record Experiment
{
    /// <summary>Checks that all nodes of a set boot an image.</summary>
    /// <param name="nodes">The set.</param>
    /// <param name="image">The image: hosts boot one, guests the other.</param>
    /// <param name="subject">The property or item that names the set, for the problem.</param>
    /// <returns>A problem that names the nodes that do not; null if all do.</returns>
    public Problem? CheckNodes(NodeSet nodes, ImageKind image, string subject)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        bool guests = image == ImageKind.Guest;
        NodeSet known = guests ? Guests : Hosts;
        NodeSet strangers = nodes.Except(known);
        if (strangers.IsEmpty)
            return null;
        NodeSet others = guests ? Hosts : Guests;
        string kind = guests ? "guests" : "hosts";
        string hint = !strangers.Intersect(others).IsEmpty
            ? $"; {(guests ? "hosts" : "guests")} do not boot the {EnumNames.NameOf(image)} image"
            : "";
        return new Problem(ErrorCodes.NodesOutsideExperiment,
            $"{Wording.Shorten(strangers.ToString())}: no such {kind}{hint}. The {kind} are {Wording.Shorten(known.ToString())}.", subject);
    }
}
