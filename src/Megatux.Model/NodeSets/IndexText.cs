using System.Globalization;
using System.Text;

namespace Megatux.Model;

/// <summary>Folds an index set into the shortest list of ranges: <c>[1-3,7]</c>, or <c>7</c> alone.</summary>
internal sealed class IndexText
{
    private readonly StringBuilder _text;
    private readonly bool _steps;
    private Run _pending = Run.None;
    private int _padding;
    private bool _started;

    private IndexText(StringBuilder text, bool steps)
    {
        _text = text;
        _steps = steps;
    }

    /// <summary>Appends the folded set; <paramref name="steps"/> says whether stepped ranges may be written as such.</summary>
    public static void Append(StringBuilder text, IndexSet set, bool steps)
    {
        if (set.Count > 1)
            text.Append('[');
        var writer = new IndexText(text, steps);
        foreach (Run run in set.Runs)
            writer.Add(run);
        writer.Write(writer._pending);
        if (set.Count > 1)
            text.Append(']');
    }

    /// <summary>Cuts a run where its digit strings grow longer: in ordinals 00 follows 9, in ranges 10 does.</summary>
    private void Add(Run run)
    {
        while (run.Count > 0)
        {
            int width = Ordinal.Width(run.First);
            long next = width < Ordinal.MaxWidth ? Ordinal.Start(width + 1) : long.MaxValue;
            Run values = run.Below(next);
            run = run.From(next);
            values = values with { First = values.First - Ordinal.Start(width) };
            AddValues(values, Ordinal.IsPadded(width, values.First) ? width : 0);
        }
    }

    private void AddValues(Run values, int padding)
    {
        long distance = values.First - _pending.Last;
        if (padding == 0 && _padding > 0 && distance == 1 && _pending.Step > 1 && !Ordinal.IsPadded(_padding, _pending.Last))
        {
            // 08, 99 and then 100: padding holds up to 99 as well, but 99-100 needs it without.
            Write(_pending.Part(0, _pending.Count - 1));
            _pending = Run.Single(_pending.Last);
            _padding = 0;
        }

        bool plain = padding == 0 && _padding == 0 && _pending.Count > 0;
        if (plain && distance == 1)
        {
            JoinNeighbours(values);
            return;
        }

        // Two members are no stepped range yet; the second may do better with what follows.
        if (plain && _pending is { Count: 2, Step: > 1 } && !Chain(_pending, values, distance))
        {
            Write(_pending.Part(0, 1));
            _pending = Run.Single(_pending.Last);
        }

        if (plain && Chain(_pending, values, distance))
        {
            _pending = new Run(_pending.First, distance, _pending.Count + values.Count);
            return;
        }

        Write(_pending);
        _pending = values;
        _padding = padding;
    }

    /// <summary>Whether two runs at a distance are one: as the members of either are cut where digits are added.</summary>
    private static bool Chain(Run pending, Run values, long distance) =>
        (pending.Count == 1 || pending.Step == distance) && (values.Count == 1 || values.Step == distance);

    /// <summary>Makes a range of the end of what is pending and the start of what follows, as 9 and 10 in 7,9,10,12.</summary>
    private void JoinNeighbours(Run values)
    {
        if (_pending.Step > 1)
        {
            Write(_pending.Part(0, _pending.Count - 1));
            _pending = Run.Single(_pending.Last);
        }

        if (values.Step == 1)
        {
            _pending = Run.Interval(_pending.First, values.Last);
            return;
        }

        Write(Run.Interval(_pending.First, values.First));
        _pending = values.Part(1, values.Count - 1);
    }

    private void Write(Run values)
    {
        if (values.Count == 0)
            return;
        if (values.Step == 1)
            WriteRange(values);
        else if (values.Count > NodeSetLimits.ListedMembers || _steps && values.Count > 2)
            WriteRange(values).Append(CultureInfo.InvariantCulture, $"/{values.Step}");
        else
            for (long i = 0; i < values.Count; i++)
                WriteRange(values.Part(i, 1));
    }

    private StringBuilder WriteRange(Run values)
    {
        if (_started)
            _text.Append(',');
        _started = true;
        WriteNumber(values.First);
        if (values.Count > 1)
        {
            _text.Append('-');
            WriteNumber(values.Last);
        }

        return _text;
    }

    private void WriteNumber(long value) => _text.Append(value.ToString($"D{_padding}", CultureInfo.InvariantCulture));
}
