using System.Buffers;

namespace Megatux.Sexp;

/// <summary>
/// Prints S-expressions with single spaces: what is printed reads as the same data, and printed again it is the same text. The
/// caller pairs its lists.
/// </summary>
public sealed class SexpWriter(IBufferWriter<byte> output)
{
    private static readonly SearchValues<byte> Escaped = SearchValues.Create("\"\\"u8);

    // Whether something stands before that the next token must be kept from.
    private bool _needsSpace;

    /// <summary>Begins a list.</summary>
    public void BeginList()
    {
        Put('(');
        _needsSpace = false;
    }

    /// <summary>Ends a list.</summary>
    public void EndList()
    {
        _needsSpace = false;
        Put(')');
    }

    /// <summary>Begins a quoted datum, which is what is written next.</summary>
    public void Quote()
    {
        Put('\'');
        _needsSpace = false;
    }

    /// <summary>Writes a number or symbol.</summary>
    /// <exception cref="ArgumentException">The text is no atom.</exception>
    public void Atom(ReadOnlySpan<byte> text)
    {
        if (!ByteClasses.AreAtom(text))
            throw new ArgumentException("expected an atom", nameof(text));
        Space();
        output.Write(text);
    }

    /// <summary>Writes an integer.</summary>
    public void Number(long value)
    {
        Space();
        Span<byte> digits = stackalloc byte[20];
        value.TryFormat(digits, out int length, provider: System.Globalization.CultureInfo.InvariantCulture);
        output.Write(digits[..length]);
    }

    /// <summary>Writes a string of any bytes.</summary>
    public void String(ReadOnlySpan<byte> value)
    {
        Put('"');
        _needsSpace = false;
        for (int special; (special = value.IndexOfAny(Escaped)) >= 0; value = value[(special + 1)..])
        {
            output.Write(value[..special]);
            Put('\\');
            _needsSpace = false;
            Put((char)value[special]);
            _needsSpace = false;
        }

        output.Write(value);
        Put('"');
    }

    /// <summary>Writes a datum.</summary>
    public void Write(Datum datum)
    {
        ArgumentNullException.ThrowIfNull(datum);
        if (datum.Kind == DatumKind.String)
        {
            String(datum.Bytes);
        }
        else if (datum.Kind != DatumKind.List)
        {
            Space();
            output.Write(datum.Bytes);
        }
        else if (datum.IsQuote)
        {
            Quote();
            Write(datum.Items[1]);
        }
        else
        {
            BeginList();
            foreach (Datum item in datum.Items)
                Write(item);
            EndList();
        }
    }

    private void Space()
    {
        if (_needsSpace)
            output.Write(" "u8);
        _needsSpace = true;
    }

    private void Put(char symbol)
    {
        Space();
        output.GetSpan(1)[0] = (byte)symbol;
        output.Advance(1);
    }
}
