namespace Megatux.Sexp;

public readonly partial struct SexpValue
{
    /// <summary>The value of a datum as it is: <c>(a 1)</c> is a list of a symbol and a number, <c>#t</c> and <c>#f</c> are truth values.</summary>
    public static SexpValue From(Datum datum)
    {
        ArgumentNullException.ThrowIfNull(datum);
        switch (datum.Kind)
        {
            case DatumKind.Number:
                return NumberText.Read(datum.Bytes);
            case DatumKind.Symbol when datum.Bytes is [(byte)'#', (byte)'t']:
                return True;
            case DatumKind.Symbol when datum.Bytes is [(byte)'#', (byte)'f']:
                return False;
            case DatumKind.List:
                Pair list = Pair.Nil;
                for (int i = datum.Items.Length - 1; i >= 0; i--)
                    list = new Pair(From(datum.Items[i]), list);
                return new SexpValue(list);
            default:
                return new SexpValue(datum);
        }
    }

    /// <summary>The datum that has this value.</summary>
    /// <param name="limits">How deep and how large it may be: values share their parts, and written out each has its own.</param>
    /// <exception cref="SexpException">It is larger than that, or there is a function in it.</exception>
    public Datum ToDatum(SexpLimits? limits = null)
    {
        limits ??= SexpLimits.Default;
        int left = limits.MaxMessageBytes;
        return ToDatum(this, limits, limits.MaxDepth, ref left);
    }

    /// <summary>The text of the value.</summary>
    /// <exception cref="SexpException">As of <see cref="ToDatum(SexpLimits?)"/>.</exception>
    public override string ToString() => ToDatum().ToString();

    private static Datum ToDatum(SexpValue value, SexpLimits limits, int depth, ref int left)
    {
        // Each part takes at least one byte, and one that parts it from the next.
        if ((left -= 2 + (value.AsText?.Bytes.Length ?? 0)) < 0)
            throw new SexpException(SexpFault.TooLarge, $"a value is longer than {limits.MaxMessageBytes} bytes");
        if (value.AsText is { } text)
            return text;
        if (value.IsNumber)
            return Datum.Atom(value.NumberBytes(), default);
        if (value.IsBoolean)
            return Datum.Atom(value.IsTrue ? "#t"u8 : "#f"u8);
        if (value.AsList is not { } list)
            throw new SexpException(SexpFault.BadValue, $"{value.Kind} cannot be written");
        if (depth == 0)
            throw new SexpException(SexpFault.TooLarge, $"a value nests deeper than {limits.MaxDepth}");
        List<Datum> items = [];
        for (; !list.IsNil; list = list.Tail)
            items.Add(ToDatum(list.Head, limits, depth - 1, ref left));
        return Datum.List([.. items], default);
    }
}
