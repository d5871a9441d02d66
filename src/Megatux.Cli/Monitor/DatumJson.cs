using System.Text.Json;
using Megatux.Sexp;

namespace Megatux.Cli;

/// <summary>S-expressions as JSON: lists are arrays, symbols are strings.</summary>
internal static class DatumJson
{
    /// <summary>Writes one.</summary>
    internal static void Write(Utf8JsonWriter json, Datum datum)
    {
        if (datum.Kind == DatumKind.List)
            Write(json, datum.Items);
        else if (datum.Kind == DatumKind.Number && SexpValue.From(datum) is var number && double.IsFinite(number.ToDouble()))
            WriteNumber(json, number);
        else if (datum.IsSymbol("#t"u8) || datum.IsSymbol("#f"u8))
            json.WriteBooleanValue(datum.IsSymbol("#t"u8));
        else
            json.WriteStringValue(datum.Text);
    }

    /// <summary>Writes an array of some.</summary>
    internal static void Write(Utf8JsonWriter json, ReadOnlySpan<Datum> items)
    {
        json.WriteStartArray();
        foreach (Datum item in items)
            Write(json, item);
        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, SexpValue number)
    {
        if (number.TryGetInteger(out long whole))
            json.WriteNumberValue(whole);
        else
            json.WriteNumberValue(number.ToDouble());
    }
}
