using Megatux.Model;
using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>The nodes that said the same: a node set, or only how many they are where the set's text would be too long.</summary>
internal sealed class GroupMembers
{
    /// <summary>Bytes of a set's text.</summary>
    internal const int LongestSet = 4096;

    // More than any experiment has, and few enough that sums of some thousand of them fit.
    private const long MostNodes = 1L << 40;

    private readonly List<NodeSet> _sets = [];
    private readonly List<string> _names = [];
    private long _unnamed;

    /// <summary>How many they are.</summary>
    internal long Count => Math.Min(long.MaxValue >> 1, _unnamed + _names.Count + _sets.Sum(set => set.Count));

    internal void Add(string node) => _names.Add(node);

    internal void Add(GroupMembers others)
    {
        _sets.AddRange(others._sets);
        _names.AddRange(others._names);
        _unnamed = Math.Min(long.MaxValue >> 1, _unnamed + others._unnamed);
    }

    internal void Write(SexpWriter output)
    {
        // Members one by one would take more than everything else that nodes say: one count stands for a set in thousands of pieces.
        if (_unnamed == 0 && TryJoin(out string text))
            output.String(System.Text.Encoding.UTF8.GetBytes(text));
        else
            output.Number(Count);
    }

    internal static GroupMembers? Read(Datum datum)
    {
        var members = new GroupMembers();
        if (datum.Kind == DatumKind.Number)
            return SexpValue.From(datum).TryGetInteger(out members._unnamed) && members._unnamed is >= 0 and <= MostNodes ? members : null;
        if (datum.Kind != DatumKind.String || datum.Bytes.Length > LongestSet || !NodeSet.TryParse(datum.Text, out NodeSet set, out _))
            return null;
        try
        {
            if (set.Count > MostNodes)
                return null;
        }
        catch (MegatuxException)
        {
            return null;
        }

        members._sets.Add(set);
        return members;
    }

    private bool TryJoin(out string text)
    {
        text = "";
        try
        {
            text = NodeSet.UnionOf([.. _sets, .. _names.Select(name => NodeSet.Parse(name))]).ToString(steps: true);
        }
        catch (MegatuxException)
        {
            // In too many pieces to be kept, or a name that is none.
            return false;
        }

        return System.Text.Encoding.UTF8.GetByteCount(text) <= LongestSet;
    }
}
