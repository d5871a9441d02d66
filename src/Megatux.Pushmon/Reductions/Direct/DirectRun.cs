using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>Runs a direct program on samples.</summary>
internal sealed class DirectRun(DirectProgram program, KeySlots keys)
{
    private readonly DirectValue[] _fields = new DirectValue[program.Fields.Count], _values = new DirectValue[program.Entries.Length];
    private readonly KeySlot?[] _slots = new KeySlot?[program.Entries.Length];
    private Datum? _schema;
    private SampleLayout? _layout;
    private bool _isKnown;

    /// <summary>Begins a round, in which no key is there yet.</summary>
    internal void Begin() => Array.Clear(_slots);

    /// <summary>Takes in a sample.</summary>
    /// <returns>False when the machine has to do it; nothing was taken in then.</returns>
    internal bool TryAdd(string node, Datum? schema, ReadOnlySpan<byte> data)
    {
        if (!_isKnown || !ReferenceEquals(schema, _schema))
            (_schema, _layout, _isKnown) = (schema, SampleLayout.Of(schema, program.Fields), true);
        if (_layout is null || !FieldReader.TryRead(data, _layout, _fields))
            return false;

        // First all values, then all aggregates: where one takes the machine, none may have been taken in twice.
        DirectEntry[] entries = program.Entries;
        for (int i = 0; i < entries.Length; i++)
        {
            DirectValue value = entries[i].Value.Evaluate(_fields);
            if (!IsFit(entries[i], value) || (value.IsTrue && !Fits(entries[i], i)))
                return false;
            _values[i] = value;
        }

        for (int i = 0; i < entries.Length; i++)
            if (_values[i].IsTrue)
                TakeIn(entries[i], _slots[i]!, _values[i], node, data);
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

    /// <summary>Whether there is a place for a key, and nothing else is there.</summary>
    private bool Fits(DirectEntry entry, int index) => (_slots[index] ??= keys.Of(entry.Key)) is { } slot && (slot.Aggregate is null || entry.Measure switch
    {
        DirectMeasure.Stat => slot.Aggregate is StatAggregate,
        DirectMeasure.Top => slot.Aggregate is TopAggregate,
        DirectMeasure.Histogram => slot.Aggregate is HistogramAggregate histogram && histogram.Fits(entry.Low, entry.High, entry.Count),
        DirectMeasure.Distinct => slot.Aggregate is DistinctAggregate,
        _ => slot.Aggregate is GroupAggregate,
    });

    private static void TakeIn(DirectEntry entry, KeySlot slot, DirectValue value, string node, ReadOnlySpan<byte> data)
    {
        switch (entry.Measure)
        {
            case DirectMeasure.Stat:
                slot.Stat(value.Bits, value.Extent);
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
}
