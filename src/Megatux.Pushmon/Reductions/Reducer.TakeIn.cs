using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <content>Values of keys, as they come from programs and from below.</content>
public sealed partial class Reducer
{
    // More parts than any list has that the functions for samples make.
    private const int MostParts = 5;

    private readonly SexpValue[] _parts = new SexpValue[MostParts];

    /// <summary>Takes in a value that the program gave for a node.</summary>
    private void TakeIn(KeySlot slot, SexpValue value, string node)
    {
        try
        {
            bool? isTaken = TakeInSingle(slot, value, node);
            if (isTaken is null)
                TakeIn(slot, value.ToDatum(ResultLimits), node);
            else if (isTaken == false)
                Differs(slot, node);
        }
        catch (SexpException error)
        {
            Fail($"{node}: {slot.Name}: {error.Message}");
        }
    }

    /// <summary>Takes in a list that one of <see cref="SampleFunctions"/> made, as it would be written.</summary>
    /// <returns>False when it cannot be merged with what the key has; null when it is no such list.</returns>
    private bool? TakeInSingle(KeySlot slot, SexpValue list, string node)
    {
        int count = 0;
        for (; count < MostParts && list.TryGetFirst(out _parts[count], out SexpValue rest); count++)
            list = rest;
        if (count is < 2 or > MostParts || !list.IsNil || !_parts[0].IsSymbol)
            return null;
        ReadOnlySpan<byte> name = _parts[0].Bytes;
        SexpValue number = _parts[count - 1];
        if (count == 2)
            return name.SequenceEqual("stat"u8) ? TakeInNumber(slot, number)
                : name.SequenceEqual("distinct"u8) ? slot.Distinct(TextOf(number, DistinctAggregate.LongestValue))
                : name.SequenceEqual("group"u8) ? slot.Group(TextOf(number, GroupAggregate.LongestValue), node) : null;
        if (count == 4 && name.SequenceEqual("top"u8) && IsFinite(_parts[2]) && (number.IsString || number.IsSymbol))
            return _parts[1].TryGetInteger(out long most) && most is >= 1 and <= TopAggregate.Most && number.Bytes.Length <= TopAggregate.LongestLabel
                ? slot.Top((int)most, _parts[2].ToDouble(), number.Bytes) : null;
        if (count == 5 && name.SequenceEqual("histogram"u8) && IsFinite(number) && IsFinite(_parts[1]) && IsFinite(_parts[2]))
            return _parts[3].TryGetInteger(out long bins) && HistogramAggregate.AreValid(_parts[1].ToDouble(), _parts[2].ToDouble(), bins)
                ? slot.Histogram(_parts[1].ToDouble(), _parts[2].ToDouble(), (int)bins, number.ToDouble()) : null;
        return null;
    }

    private static bool? TakeInNumber(KeySlot slot, SexpValue number) =>
        number.TryGetExact(out long mantissa, out int scale) ? slot.Stat(mantissa, scale)
        : IsFinite(number) ? slot.Stat(number.ToDouble()) : null;

    private static bool IsFinite(SexpValue value) => double.IsFinite(value.ToDouble());

    private static byte[] TextOf(SexpValue value, int longest)
    {
        byte[] text = value.ToDatum(ResultLimits).ToUtf8();
        return text.Length <= longest ? text : throw new SexpException(SexpFault.TooLarge, $"a value is longer than {longest} bytes");
    }

    /// <summary>Takes in a value as it is written.</summary>
    private void TakeIn(KeySlot slot, Datum value, string who)
    {
        Aggregate? added = Aggregate.Read(value);
        if (added is null)
            Fail($"{who}: {slot.Name}: expected {Aggregate.ShapeOf(value)}");
        else if (slot.Aggregate is null)
            slot.Aggregate = added;
        else if (slot.Aggregate is PlainAggregate before && added is PlainAggregate plain)
            MergePlain(slot, before, plain, who);
        else if (!slot.Aggregate.TryMerge(added))
            Differs(slot, who);
    }

    private void MergePlain(KeySlot slot, PlainAggregate before, PlainAggregate added, string who)
    {
        if (_merge is null)
        {
            Fail($"{who}: {slot.Name}: two values that are no aggregates; define (merge key a b), which says what becomes of them");
            return;
        }

        SexpValue key = SexpValue.From(Datum.Atom(slot.Key));
        if (!TryRun(_merge, who, [key, SexpValue.From(before.Value), SexpValue.From(added.Value)], out SexpValue merged))
            return;
        if (Aggregate.Read(merged.ToDatum(ResultLimits)) is { } value)
            slot.Aggregate = value;
        else
            Fail($"{who}: {slot.Name}: expected {before.Shape} from merge");
    }

    private void Differs(KeySlot slot, string who) => Fail($"{who}: {slot.Name} is {slot.Aggregate?.Shape} already, and merges with nothing else");
}
