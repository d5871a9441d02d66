using System.Text;

namespace Megatux.Model;

/// <content>Reading and writing.</content>
public sealed partial class NodeSet
{
    /// <summary>
    /// Reads a set: terms such as <c>n[1-3,7-99/2]p[0-1]</c>, joined from left to right by "," (union), "!" (difference),
    /// "&amp;" (intersection) and "^" (symmetric difference). White space between terms is the same as a comma; a text of
    /// nothing else is the empty set.
    /// </summary>
    /// <param name="text">The set.</param>
    /// <param name="where">Where the text stands, for errors.</param>
    /// <param name="named">What a term stands for, such as <c>@group</c>; null for one that names nodes itself.</param>
    /// <exception cref="MegatuxException">The text is no set; the message shows the column.</exception>
    public static NodeSet Parse(string text, SourceLocation? where = null, Func<string, NodeSet?>? named = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return NodeSetParser.Parse(text, where, named);
    }

    /// <summary>Reads a set as <see cref="Parse"/> does; null is the empty set.</summary>
    /// <param name="text">The set.</param>
    /// <param name="set">The set that was read, empty if none was.</param>
    /// <param name="problem">What is wrong with the text, null if nothing is.</param>
    /// <returns>Whether the text is a set.</returns>
    public static bool TryParse(string? text, out NodeSet set, out Problem? problem)
    {
        try
        {
            set = Parse(text ?? "");
            problem = null;
            return true;
        }
        catch (MegatuxException error)
        {
            set = Empty;
            problem = error.Problem;
            return false;
        }
    }

    /// <summary>
    /// The folded form, the same for equal sets: for names with one number, what ClusterShell's <c>nodeset -f</c> prints.
    /// Members of a stepped range stand one by one, but for ranges of more than 65,536 of them, which keep their step.
    /// </summary>
    public override string ToString() => ToString(steps: false);

    /// <summary>The folded form; with <paramref name="steps"/>, three or more members of equal distance become a stepped range.</summary>
    public string ToString(bool steps)
    {
        var text = new StringBuilder();
        foreach (NodeFamily family in _families)
            family.AppendTo(text, steps);
        return text.ToString();
    }
}
