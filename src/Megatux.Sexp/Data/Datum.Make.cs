using System.Globalization;
using System.Text;

namespace Megatux.Sexp;

public sealed partial class Datum
{
    /// <summary>The list without items.</summary>
    public static Datum Empty { get; } = new(DatumKind.List, Array.Empty<Datum>(), nesting: 1, default);

    /// <summary>A list.</summary>
    /// <exception cref="SexpException">It would nest deeper than <see cref="SexpLimits.DeepestNesting"/>.</exception>
    public static Datum List(params ReadOnlySpan<Datum> items) => List(items.ToArray(), default);

    /// <summary>A string.</summary>
    public static Datum String(string value) => String(Encoding.UTF8.GetBytes(value), default);

    /// <summary>A string of any bytes.</summary>
    public static Datum String(ReadOnlySpan<byte> value) => String(value.ToArray(), default);

    /// <summary>A number or symbol by its text.</summary>
    /// <exception cref="ArgumentException">The text is no atom: it is empty, begins with <c>;</c>, or a byte of it ends an atom.</exception>
    public static Datum Atom(string text) => Atom(Encoding.UTF8.GetBytes(text));

    /// <summary>A number or symbol by its text.</summary>
    /// <exception cref="ArgumentException">The text is no atom: it is empty, begins with <c>;</c>, or a byte of it ends an atom.</exception>
    public static Datum Atom(ReadOnlySpan<byte> text) => ByteClasses.AreAtom(text) ? Atom(text.ToArray(), default)
        : throw new ArgumentException($"expected an atom, found '{Encoding.UTF8.GetString(text)}'", nameof(text));

    /// <summary>An integer.</summary>
    public static Datum Number(long value) => Atom(Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture)), default);

    internal static Datum List(Datum[] items, SexpPosition position)
    {
        int nesting = 0;
        foreach (Datum item in items)
            nesting = Math.Max(nesting, item.Nesting);
        if (nesting >= SexpLimits.DeepestNesting)
            throw new SexpException(SexpFault.TooLarge, $"lists nest deeper than {SexpLimits.DeepestNesting}", position);
        return new Datum(DatumKind.List, items, nesting + 1, position);
    }

    internal static Datum String(byte[] value, SexpPosition position, byte[]? hint = null) =>
        new(DatumKind.String, hint is null or [] ? value : new HintedText(value, hint), nesting: 0, position);

    /// <summary>An atom whose bytes are known to be one.</summary>
    internal static Datum Atom(byte[] text, SexpPosition position) =>
        new(NumberText.IsNumber(text) ? DatumKind.Number : DatumKind.Symbol, text, nesting: 0, position);
}
