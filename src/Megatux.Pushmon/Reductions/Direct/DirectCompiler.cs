using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>Makes entries and steps of a direct program; null stands for what is none.</summary>
internal sealed class DirectCompiler
{
    private static readonly string[] Names = ["list", "get", "stat", "top", "histogram", "distinct", "group", "+", "-", "*", "<", ">", "=", "<=", ">="];

    // Nobody counts what a direct program does: it is to be little. A longer one is the machine's, with its budget.
    private const int MostForms = 500;

    private readonly Datum _node, _sample;
    private readonly List<DirectField> _fields = [];
    private readonly List<DirectStep> _steps = [];
    private readonly List<DirectValue> _values = [];
    private int _forms;

    internal DirectCompiler(Datum node, Datum sample) => (_node, _sample) = (node, sample);

    /// <summary>Compiles the body of <c>sample</c>.</summary>
    internal DirectProgram? Compile(Datum body) => Entries(body) is { } entries ? new DirectProgram(entries, _fields, [.. _steps], [.. _values]) : null;

    private DirectEntry[]? Entries(Datum body)
    {
        // Parameters hide functions of the same name.
        if (Names.Contains(_node.Text) || Names.Contains(_sample.Text) || !IsCall(body, "list"u8) || body.Items.Length - 1 > KeySlots.Most)
            return null;
        var entries = new DirectEntry[body.Items.Length - 1];
        HashSet<string> keys = [];
        for (int i = 0; i < entries.Length; i++)
        {
            if (body.Items[i + 1] is not { Items: [_, var key, var measured] } pair || !IsCall(pair, "list"u8) || Quoted(key) is not { } name
                || !keys.Add(name) || name.Length > KeySlots.LongestKey || Entry(System.Text.Encoding.UTF8.GetBytes(name), measured) is not { } entry)
                return null;
            entries[i] = entry;
        }

        return entries;
    }

    private DirectEntry? Entry(byte[] key, Datum measured)
    {
        ReadOnlySpan<Datum> items = measured.Items;
        if (items.IsEmpty || items[0].Kind != DatumKind.Symbol || Expression(Measured(items)) is not { } value)
            return null;
        return items[0].Text switch
        {
            "stat" when items.Length == 2 => new DirectEntry(key, DirectMeasure.Stat, value),
            "distinct" when items.Length == 2 => new DirectEntry(key, DirectMeasure.Distinct, value),
            "group" when items.Length == 2 => new DirectEntry(key, DirectMeasure.Group, value),
            "top" when items is [_, var most, _, var label] && label.Equals(_node) && Integer(most) is >= 1 and <= TopAggregate.Most =>
                new DirectEntry(key, DirectMeasure.Top, value, (int)Integer(most)),
            "histogram" when items is [_, var low, var high, var bins, _] && HistogramAggregate.AreValid(Number(low), Number(high), Integer(bins)) =>
                new DirectEntry(key, DirectMeasure.Histogram, value, (int)Integer(bins), Number(low), Number(high)),
            _ => null,
        };
    }

    // The third of (top k x label), and else the last.
    private static Datum Measured(ReadOnlySpan<Datum> items) => items[0].IsSymbol("top"u8) && items.Length == 4 ? items[2] : items[^1];

    /// <summary>The place of an expression's value.</summary>
    private int? Expression(Datum datum)
    {
        if (datum.Kind == DatumKind.Number)
            return SexpValue.From(datum).TryGetExact(out long mantissa, out int scale) ? NewValue(new DirectValue(mantissa, scale, DirectKind.Number)) : null;
        if (datum.IsSymbol("#t"u8) || datum.IsSymbol("#f"u8))
            return NewValue(DirectValue.Of(datum.IsSymbol("#t"u8)));
        if (datum.Items is not [{ Kind: DatumKind.Symbol } head, .. var arguments] || ++_forms > MostForms)
            return null;
        string name = head.Text;
        if (name == "get")
            return arguments is [var sample, var entry, var field] && sample.Equals(_sample) && Quoted(entry) is { } from && Quoted(field) is { } what
                ? PlaceOf(from, what) : null;
        if (DirectStep.Named(name) is not { } operation)
            return null;
        var parts = new int[arguments.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (Expression(arguments[i]) is not { } part)
                return null;
            parts[i] = part;
        }

        return operation switch
        {
            DirectOperation.And or DirectOperation.Or => Chain(operation, parts),
            DirectOperation.If => parts is [var test, var then, var otherwise] ? NewStep(operation, test, then, otherwise) : null,
            _ => parts is [var first, var second] ? NewStep(operation, first, second) : null,
        };
    }

    private int Chain(DirectOperation operation, ReadOnlySpan<int> parts)
    {
        if (parts.IsEmpty)
            return NewValue(DirectValue.Of(operation == DirectOperation.And));
        int value = parts[0];
        foreach (int part in parts[1..])
            value = NewStep(operation, value, part);
        return value;
    }

    private int NewStep(DirectOperation operation, int first, int second, int third = 0)
    {
        int result = NewValue(DirectValue.Other);
        _steps.Add(new DirectStep(operation, first, second, third, result));
        return result;
    }

    private int NewValue(DirectValue value)
    {
        _values.Add(value);
        return _values.Count - 1;
    }

    private int PlaceOf(string entry, string name)
    {
        foreach (DirectField known in _fields)
            if (known.Entry == entry && known.Name == name)
                return known.Place;
        _fields.Add(new DirectField(entry, name, NewValue(DirectValue.False)));
        return _fields[^1].Place;
    }

    private static bool IsCall(Datum datum, ReadOnlySpan<byte> name) => datum.Items is [var head, ..] && head.IsSymbol(name);

    private static string? Quoted(Datum datum) =>
        IsCall(datum, "quote"u8) && datum.Items is [_, { Kind: DatumKind.Symbol } symbol] && symbol.Text is not ("#t" or "#f") ? symbol.Text : null;

    private static double Number(Datum datum) => datum.Kind == DatumKind.Number ? SexpValue.From(datum).ToDouble() : double.NaN;

    private static long Integer(Datum datum) => datum.Kind == DatumKind.Number && SexpValue.From(datum).TryGetInteger(out long value) ? value : -1;
}
