using Megatux.Model;
using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>What the fields of samples mean: <c>((uptime 'G seconds) (load 'G one five fifteen))</c>.</summary>
/// <param name="Nodes">The nodes whose samples are so.</param>
/// <param name="Fields">The fields.</param>
public sealed record SampleSchema(NodeSet Nodes, Datum Fields)
{
    /// <summary>A number of a sample; null if it has none of the name.</summary>
    /// <param name="data">The sample's data.</param>
    /// <param name="group">The first name, such as <c>load</c>.</param>
    /// <param name="field">The second name, such as <c>one</c>.</param>
    public double? Find(Datum data, string group, string field)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (ReportReader.ListOf(Fields, group) is not { } names || ReportReader.ListOf(data, group) is not { } values)
            return null;

        // Behind the name stands the kind, which data do not have: ((load 'G one five)) and ((load 0.5 0.1)).
        for (int at = 2; at < names.Items.Length && at - 1 < values.Items.Length; at++)
            if (names.Items[at].Text == field)
                return ReportReader.NumberOf(values.Items[at - 1]);
        return null;
    }
}
