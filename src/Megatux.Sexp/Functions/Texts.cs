namespace Megatux.Sexp;

/// <summary>Strings, which are bytes, and symbols.</summary>
internal static class Texts
{
    private const int Hexadecimal = 16, Decimal = 10;

    internal static SexpPrimitive[] Functions { get; } =
    [
        new("string-append", 0, SexpPrimitive.Unbounded, Append),
        new("string-length", static (in call, text) => call.String(text).Length),
        new("substring", 2, 3, Substring),
        new("string=?", static (in call, a, b) => call.String(a).SequenceEqual(call.String(b))),
        new("string<?", static (in call, a, b) => call.String(a).SequenceCompareTo(call.String(b)) < 0),
        new("string-contains", Find),
        new("symbol->string", static (in call, symbol) => symbol.IsSymbol ? call.String(symbol.Bytes) : throw call.Expected("a symbol", symbol)),
        new("string->symbol", ToSymbol),
        new("number->string", 1, 2, ToString),
        new("string->number", 1, 2, ToNumber),
        new("error", 1, SexpPrimitive.Unbounded, Raise),
    ];

    private static SexpValue Append(in SexpCall call, ReadOnlySpan<SexpValue> texts)
    {
        long length = 0;
        foreach (SexpValue text in texts)
        {
            call.Step();
            length += call.String(text).Length;
        }

        call.Allocate(SexpCall.TextBytes(length));
        byte[] joined = new byte[length];
        int at = 0;
        foreach (SexpValue text in texts)
        {
            text.Bytes.CopyTo(joined.AsSpan(at));
            at += text.Bytes.Length;
        }

        return new SexpValue(Datum.String(joined, default));
    }

    private static SexpValue Substring(in SexpCall call, ReadOnlySpan<SexpValue> arguments)
    {
        ReadOnlySpan<byte> text = call.String(arguments[0]);
        int end = arguments.Length == 3 ? call.Index(arguments[2], text.Length) : text.Length;
        return call.String(text[call.Index(arguments[1], end)..end]);
    }

    /// <summary>Where a string is in another, in bytes.</summary>
    private static SexpValue Find(in SexpCall call, SexpValue text, SexpValue wanted)
    {
        ReadOnlySpan<byte> where = call.String(text), what = call.String(wanted);

        // At worst, each of its bytes is looked at from each place.
        call.Step((long)where.Length * what.Length >> 6);
        int found = where.IndexOf(what);
        return found < 0 ? false : (SexpValue)found;
    }

    private static SexpValue ToSymbol(in SexpCall call, SexpValue text)
    {
        ReadOnlySpan<byte> name = call.String(text);
        if (!ByteClasses.AreAtom(name) || NumberText.IsNumber(name))
            throw call.Expected("a string that is a symbol when it is read", text);
        call.Allocate(SexpCall.TextBytes(name.Length));
        return SexpValue.From(Datum.Atom(name));
    }

    private static SexpValue ToString(in SexpCall call, ReadOnlySpan<SexpValue> arguments)
    {
        if (Radix(call, arguments) == Decimal)
            return call.String(call.Number(arguments[0]).NumberBytes());
        long number = call.Integer(arguments[0]);
        return number < 0 ? throw call.Expected("an integer from 0 on to write with radix 16", number)
            : call.String(System.Text.Encoding.ASCII.GetBytes(number.ToString("x", System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static SexpValue ToNumber(in SexpCall call, ReadOnlySpan<SexpValue> arguments)
    {
        ReadOnlySpan<byte> text = call.String(arguments[0]);
        if (Radix(call, arguments) == Hexadecimal)
            text = (byte[])[.. "0x"u8, .. text];
        return !text.IsEmpty && NumberText.IsNumber(text) ? NumberText.Read(text) : false;
    }

    private static int Radix(in SexpCall call, ReadOnlySpan<SexpValue> arguments) =>
        arguments.Length == 1 || (arguments[1].TryGetInteger(out long radix) && radix == Decimal) ? Decimal
        : radix == Hexadecimal ? Hexadecimal : throw call.Expected("10 or 16 as radix", arguments[1]);

    private static SexpValue Raise(in SexpCall call, ReadOnlySpan<SexpValue> arguments)
    {
        var limits = new SexpLimits { MaxMessageBytes = 1000, MaxDepth = 10 };
        var message = new System.Text.StringBuilder();
        foreach (SexpValue argument in arguments)
        {
            message.Append(message.Length > 0 ? " " : "");
            try
            {
                message.Append(argument.IsString && message.Length == 0 ? argument.ToDatum(limits).Text : argument.ToDatum(limits).ToString());
            }
            catch (SexpException)
            {
                message.Append(argument.Kind);
            }

            if (message.Length > limits.MaxMessageBytes)
                break;
        }

        throw call.Fault(message.ToString(), SexpFault.Raised);
    }
}
