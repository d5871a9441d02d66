using System.Runtime.CompilerServices;
using System.Text;
using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary><c>(top K (X "label") ...)</c>: the greatest numbers and whose they are, greatest first; of equals, by label.</summary>
internal sealed class TopAggregate(int most) : Aggregate
{
    internal const string Name = "top";

    /// <summary>The greatest K.</summary>
    internal const int Most = 100;

    /// <summary>Bytes of a label.</summary>
    internal const int LongestLabel = 256;

    private readonly List<Entry> _entries = new(Math.Min(most, 10) + 1);
    private int _most = most;

    private readonly record struct Entry(double Value, byte[] Label);

    internal override string Shape => "(top K (X \"label\") ...)";

    /// <summary>Whether a number would be among the greatest, of equals with the least label.</summary>
    internal bool Accepts(double value) => _entries.Count < _most || value >= _entries[^1].Value;

    internal bool Fits(int other) => other == _most;

    /// <summary>Takes in a finite number.</summary>
    internal void Add(double value, ReadOnlySpan<byte> label)
    {
        int at = _entries.Count;
        for (; at > 0 && Precedes(value, label, _entries[at - 1]); at--)
        {
        }

        if (at >= _most)
            return;
        _entries.Insert(at, new Entry(value, label.ToArray()));
        if (_entries.Count > _most)
            _entries.RemoveAt(_most);
    }

    /// <summary>Takes in a finite number of a node.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(double value, string node)
    {
        if (Accepts(value))
            Add(value, Encoding.UTF8.GetBytes(node));
    }

    /// <remarks>Of two K the lesser one is kept: it is what both know for certain.</remarks>
    internal override bool TryMerge(Aggregate other)
    {
        if (other is not TopAggregate top)
            return false;
        _most = Math.Min(_most, top._most);
        if (_entries.Count > _most)
            _entries.RemoveRange(_most, _entries.Count - _most);
        foreach (Entry entry in top._entries)
            Add(entry.Value, entry.Label);
        return true;
    }

    internal override void Write(SexpWriter output)
    {
        WriteName(output, Name);
        output.Number(_most);
        foreach (Entry entry in _entries)
        {
            output.BeginList();
            WriteNumber(output, entry.Value);
            output.String(entry.Label);
            output.EndList();
        }

        output.EndList();
    }

    internal static TopAggregate? Read(ReadOnlySpan<Datum> parts)
    {
        if (parts.IsEmpty || !TryReadCount(parts[0], out long most) || most is < 1 or > Most || parts.Length > most + 1)
            return null;
        var top = new TopAggregate((int)most);
        foreach (Datum entry in parts[1..])
        {
            if (entry.Items is not [var value, { Kind: DatumKind.String } label] || label.Bytes.Length > LongestLabel || !TryReadNumber(value, out double number))
                return null;
            top.Add(number, label.Bytes);
        }

        return top;
    }

    private static bool Precedes(double value, ReadOnlySpan<byte> label, in Entry entry) =>
        value > entry.Value || (value == entry.Value && label.SequenceCompareTo(entry.Label) < 0);
}
