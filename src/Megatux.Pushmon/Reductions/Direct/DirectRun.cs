using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>Runs a direct program on samples.</summary>
internal sealed class DirectRun(DirectProgram program, KeySlots keys)
{
    private readonly DirectValue[] _fields = new DirectValue[program.Fields.Count];
    private readonly Part[] _parts = [.. program.Entries.Select(entry => new Part(entry))];
    private Datum? _schema;
    private SampleLayout? _layout;
    private bool _isKnown;

    /// <summary>Begins a round, in which no key is there yet.</summary>
    internal void Begin()
    {
        foreach (ref Part part in _parts.AsSpan())
            (part.Slot, part.Stat, part.IsBound) = (null, null, false);
    }

    /// <summary>Takes in a sample.</summary>
    /// <returns>False when the machine has to do it; nothing was taken in then.</returns>
    internal bool TryAdd(string node, Datum? schema, ReadOnlySpan<byte> data)
    {
        if (!_isKnown || !ReferenceEquals(schema, _schema))
        {
            (_schema, _layout, _isKnown) = (schema, SampleLayout.Of(schema, program.Fields), true);
            Array.Clear(_fields);
        }

        if (_layout is null || !FieldReader.TryRead(data, _layout, _fields))
            return false;

        // First all values, then all aggregates: where one takes the machine, none may have been taken in twice.
        Part[] parts = _parts;
        DirectValue[] fields = _fields;
        for (int i = 0; i < parts.Length; i++)
        {
            ref Part part = ref parts[i];
            if (part.Field < 0)
                part.Computed = part.Entry.Value.Evaluate(fields);
            ref DirectValue value = ref part.Field < 0 ? ref part.Computed : ref fields[part.Field];
            if (value.Kind == DirectKind.False)
                continue;
            if ((value.Kind != DirectKind.Number || !part.TakesNumbers) && !IsFit(part.Entry, value))
                return false;
            if (!part.IsBound && !TryBind(ref part))
                return false;
        }

        for (int i = 0; i < parts.Length; i++)
        {
            ref Part part = ref parts[i];
            ref DirectValue value = ref part.Field < 0 ? ref part.Computed : ref fields[part.Field];
            if (value.Kind == DirectKind.False)
                continue;
            if (part.Stat is { } stat)
                stat.Add(value.Bits, value.Extent);
            else
                TakeIn(ref part, value, node, data);
        }

        return true;
    }

    private static bool IsFit(DirectEntry entry, DirectValue value) => value.Kind switch
    {
        DirectKind.False => true,
        DirectKind.Number => entry.Measure is DirectMeasure.Stat or DirectMeasure.Top or DirectMeasure.Histogram,
        DirectKind.Text => (entry.Measure == DirectMeasure.Distinct && value.Extent <= DistinctAggregate.LongestValue)
            || (entry.Measure == DirectMeasure.Group && value.Extent <= GroupAggregate.LongestValue),
        _ => false,
    };

    /// <summary>Finds the place of a key, where nothing else may be.</summary>
    private bool TryBind(ref Part part)
    {
        DirectEntry entry = part.Entry;
        part.Slot = keys.Of(entry.Key);
        part.IsBound = part.Slot is { } slot && (slot.Aggregate is null || entry.Measure switch
        {
            DirectMeasure.Stat => slot.Aggregate is StatAggregate,
            DirectMeasure.Top => slot.Aggregate is TopAggregate,
            DirectMeasure.Histogram => slot.Aggregate is HistogramAggregate histogram && histogram.Fits(entry.Low, entry.High, entry.Count),
            DirectMeasure.Distinct => slot.Aggregate is DistinctAggregate,
            _ => slot.Aggregate is GroupAggregate,
        });
        return part.IsBound;
    }

    private static void TakeIn(ref Part part, DirectValue value, string node, ReadOnlySpan<byte> data)
    {
        (DirectEntry entry, KeySlot slot) = (part.Entry, part.Slot!);
        switch (entry.Measure)
        {
            case DirectMeasure.Stat:
                slot.Stat(value.Bits, value.Extent);
                part.Stat = (StatAggregate?)slot.Aggregate;
                break;
            case DirectMeasure.Top:
                slot.Top(entry.Count, value.ToDouble(), node);
                break;
            case DirectMeasure.Histogram:
                slot.Histogram(entry.Low, entry.High, entry.Count, value.ToDouble());
                break;
            case DirectMeasure.Distinct:
                slot.Distinct(data.Slice((int)value.Bits, value.Extent));
                break;
            default:
                slot.Group(data.Slice((int)value.Bits, value.Extent), node);
                break;
        }
    }

    /// <summary>An entry, and what is known of it in this round.</summary>
    private struct Part(DirectEntry entry)
    {
        internal readonly DirectEntry Entry = entry;

        // Which field it is; -1 for what is computed.
        internal readonly int Field = entry.Value is DirectField field ? field.Slot : -1;
        internal readonly bool TakesNumbers = entry.Measure is DirectMeasure.Stat or DirectMeasure.Top or DirectMeasure.Histogram;
        internal bool IsBound;
        internal KeySlot? Slot;
        internal StatAggregate? Stat;
        internal DirectValue Computed;
    }
}
