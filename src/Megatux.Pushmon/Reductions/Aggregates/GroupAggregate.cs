using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>
/// <c>(group (VALUE "NODESET") ... (others COUNT))</c>: who said the same. Of more than 64 values those that come first as text are kept,
/// so that it does not depend on the order which; of the others, how many nodes said one of them.
/// </summary>
internal sealed class GroupAggregate : Aggregate
{
    internal const string Name = "group";

    /// <summary>The most values.</summary>
    internal const int MostValues = 64;

    /// <summary>Bytes of a value's text.</summary>
    internal const int LongestValue = 256;

    private const string Others = "others";

    // In the order of the values' bytes.
    private readonly List<(byte[] Value, GroupMembers Members)> _groups = [];
    private long _others;

    internal override string Shape => "(group (VALUE \"NODESET\") ... (others COUNT))";

    /// <summary>Takes in the value of a node by its text.</summary>
    internal void Add(ReadOnlySpan<byte> value, string node)
    {
        if (Members(value) is { } members)
            members.Add(node);
        else
            _others = Sum(_others, 1);
    }

    internal override bool TryMerge(Aggregate other)
    {
        if (other is not GroupAggregate group)
            return false;
        _others = Sum(_others, group._others);
        foreach ((byte[] value, GroupMembers added) in group._groups)
        {
            if (Members(value) is { } members)
                members.Add(added);
            else
                _others = Sum(_others, added.Count);
        }

        return true;
    }

    internal override void Write(SexpWriter output)
    {
        WriteName(output, Name);
        foreach ((byte[] value, GroupMembers members) in _groups)
        {
            output.BeginList();
            output.Write(Datum.Parse(value));
            members.Write(output);
            output.EndList();
        }

        output.BeginList();
        output.Atom("others"u8);
        output.Number(_others);
        output.EndList();
        output.EndList();
    }

    internal static GroupAggregate? Read(ReadOnlySpan<Datum> parts)
    {
        if (parts is not [.. var groups, var others] || groups.Length > MostValues || others.Items is not [{ Kind: DatumKind.Symbol, Text: Others }, var count])
            return null;
        var group = new GroupAggregate();
        if (!TryReadCount(count, out group._others))
            return null;
        foreach (Datum entry in groups)
        {
            if (entry.Items is not [var value, var nodes] || value.ToUtf8() is not { Length: <= LongestValue } text || GroupMembers.Read(nodes) is not { } members)
                return null;
            group.Members(text)?.Add(members);
        }

        return group;
    }

    /// <summary>The members of a value; null where it is none of the first 64.</summary>
    private GroupMembers? Members(ReadOnlySpan<byte> value)
    {
        int low = 0;
        for (int high = _groups.Count - 1; low <= high;)
        {
            int middle = (low + high) >>> 1;
            int order = value.SequenceCompareTo(_groups[middle].Value);
            if (order == 0)
                return _groups[middle].Members;
            if (order < 0)
                high = middle - 1;
            else
                low = middle + 1;
        }

        if (low == MostValues)
            return null;
        var members = new GroupMembers();
        _groups.Insert(low, (value.ToArray(), members));
        if (_groups.Count > MostValues)
        {
            _others = Sum(_others, _groups[MostValues].Members.Count);
            _groups.RemoveAt(MostValues);
        }

        return members;
    }
}
