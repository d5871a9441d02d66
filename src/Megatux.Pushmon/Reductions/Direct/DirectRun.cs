using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>Runs a direct program on samples.</summary>
internal sealed class DirectRun(DirectProgram program, KeySlots keys)
{
    private readonly DirectValue[] _values = [.. program.Values];
    private readonly Part[] _parts = [.. program.Entries.Select(entry => new Part(entry))];
    private readonly FieldReader _reader = new();
    private Datum? _schema;
    private SampleLayout? _layout;
    private bool _isKnown;

    /// <summary>Begins a round, in which no key is there yet.</summary>
    internal void Begin()
    {
        foreach (ref Part part in _parts.AsSpan())
            (part.Slot, part.Stat, part.TakesAnyNumber) = (null, null, false);
    }

    /// <summary>Takes in a sample.</summary>
    /// <returns>False when the machine has to do it; nothing was taken in then.</returns>
    internal bool TryAdd(string node, Datum? schema, ReadOnlySpan<byte> data)
    {
        if (!_isKnown || !ReferenceEquals(schema, _schema))
            Learn(schema);
        DirectValue[] values = _values;
        if (_layout is null || !_reader.TryRead(data, _layout, values))
            return false;
        foreach (ref readonly DirectStep step in program.Steps.AsSpan())
            step.Take(values);

        // First all values, then all aggregates: where one takes the machine, none may have been taken in twice.
        if (!AreFit(values))
            return false;
        foreach (ref Part part in _parts.AsSpan())
        {
            ref readonly DirectValue value = ref values[part.Value];
            if (part.Stat is null || !part.Stat.TryGather(value))
                TakeIn(ref part, value, node, data);
        }

        return true;
    }

    private void Learn(Datum? schema)
    {
        (_schema, _layout, _isKnown) = (schema, SampleLayout.Of(schema, program.Fields), true);

        // Fields that this schema has not are not read.
        program.Values.CopyTo(_values);
    }

    private bool AreFit(DirectValue[] values)
    {
        foreach (ref Part part in _parts.AsSpan())
        {
            ref readonly DirectValue value = ref values[part.Value];
            if ((value.Kind != DirectKind.Number || !part.TakesAnyNumber) && !IsFit(ref part, value))
                return false;
        }

        return true;
    }

    private bool IsFit(ref Part part, in DirectValue value)
    {
        bool isOfNumbers = part.Entry.Measure is DirectMeasure.Stat or DirectMeasure.Top or DirectMeasure.Histogram;
        bool isFit = value.Kind switch
        {
            DirectKind.Number => isOfNumbers,
            DirectKind.Text => (part.Entry.Measure == DirectMeasure.Distinct && value.Extent <= DistinctAggregate.LongestValue)
                || (part.Entry.Measure == DirectMeasure.Group && value.Extent <= GroupAggregate.LongestValue),
            _ => value.Kind == DirectKind.False,
        };
        if (!isFit || value.Kind == DirectKind.False || part.Slot is not null)
            return isFit;
        part.Slot = PlaceFor(part.Entry);
        part.TakesAnyNumber = isOfNumbers && part.Slot is not null;
        return part.Slot is not null;
    }

    /// <summary>Finds the place of a key; null where something else is.</summary>
    private KeySlot? PlaceFor(DirectEntry entry) => keys.Of(entry.Key) is { } slot && (slot.Aggregate is null || entry.Measure switch
    {
        DirectMeasure.Stat => slot.Aggregate is StatAggregate,
        DirectMeasure.Top => slot.Aggregate is TopAggregate,
        DirectMeasure.Histogram => slot.Aggregate is HistogramAggregate histogram && histogram.Fits(entry.Low, entry.High, entry.Count),
        DirectMeasure.Distinct => slot.Aggregate is DistinctAggregate,
        _ => slot.Aggregate is GroupAggregate,
    }) ? slot : null;

    private static void TakeIn(ref Part part, in DirectValue value, string node, ReadOnlySpan<byte> data)
    {
        if (value.Kind == DirectKind.False)
            return;
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
        internal readonly int Value = entry.Value;
        internal bool TakesAnyNumber;
        internal KeySlot? Slot;
        internal StatAggregate? Stat;
    }
}
