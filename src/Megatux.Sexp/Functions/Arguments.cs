namespace Megatux.Sexp;

/// <summary>Arguments as what functions expect them to be.</summary>
internal static class Arguments
{
    internal static Pair List(this in SexpCall call, SexpValue value) => value.AsList ?? throw call.Expected("a list", value);

    internal static Pair Items(this in SexpCall call, SexpValue value) =>
        value.AsList is { IsNil: false } list ? list : throw call.Expected("a list with items", value);

    internal static long Integer(this in SexpCall call, SexpValue value) =>
        value.TryGetInteger(out long integer) ? integer : throw call.Expected("an exact integer", value);

    /// <summary>An index or a count: from 0 to some number.</summary>
    internal static int Index(this in SexpCall call, SexpValue value, int most)
    {
        long index = call.Integer(value);
        return index >= 0 && index <= most ? (int)index : throw call.Expected($"an integer from 0 to {most}", value);
    }

    internal static SexpValue Number(this in SexpCall call, SexpValue value) => value.IsNumber ? value : throw call.Expected("a number", value);

    internal static ReadOnlySpan<byte> String(this in SexpCall call, SexpValue value)
    {
        ReadOnlySpan<byte> bytes = value.IsString ? value.Bytes : throw call.Expected("a string", value);
        call.Step(bytes.Length >> 6);
        return bytes;
    }
}
