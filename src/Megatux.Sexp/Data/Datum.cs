using System.Text;

namespace Megatux.Sexp;

/// <summary>
/// An immutable S-expression. Numbers keep the text that they were read from, so that what is printed is what was read. A quoted
/// datum is the list <c>(quote datum)</c>, which is printed with a quote again.
/// </summary>
/// <remarks>Data are equal when they have the same structure and bytes, wherever they stood.</remarks>
public sealed partial class Datum : IEquatable<Datum>
{
    private readonly byte[] _text;
    private readonly byte[] _hint;
    private readonly Datum[] _items;

    private Datum(DatumKind kind, byte[] text, Datum[] items, int nesting, SexpPosition position, byte[]? hint = null)
    {
        Kind = kind;
        _text = text;
        _items = items;
        _hint = hint ?? [];
        Nesting = nesting;
        Position = position;
    }

    /// <summary>What it is.</summary>
    public DatumKind Kind { get; }

    /// <summary>Where it began in the text that it was read from.</summary>
    public SexpPosition Position { get; }

    /// <summary>The value of a string, or an atom as it was written; nothing for a list.</summary>
    public ReadOnlySpan<byte> Bytes => _text;

    /// <summary><see cref="Bytes"/> as UTF-8; what is none becomes U+FFFD.</summary>
    public string Text => Encoding.UTF8.GetString(_text);

    /// <summary>What is in a list; nothing for anything else.</summary>
    public ReadOnlySpan<Datum> Items => _items;

    /// <summary>The display hint of a string that was read in canonical form; mostly nothing. See <see cref="CanonicalSexp"/>.</summary>
    public ReadOnlySpan<byte> Hint => _hint;

    /// <summary>How many lists are in each other, this one with them; at most <see cref="SexpLimits.DeepestNesting"/>.</summary>
    internal int Nesting { get; }

    /// <summary>True for <c>(quote datum)</c>.</summary>
    internal bool IsQuote => _items.Length == 2 && _items[0].IsSymbol("quote"u8);

    /// <summary>Whether it is the symbol of a name.</summary>
    public bool IsSymbol(ReadOnlySpan<byte> name) => Kind == DatumKind.Symbol && Bytes.SequenceEqual(name);

    /// <inheritdoc/>
    public bool Equals(Datum? other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (other is null || Kind != other.Kind || Nesting != other.Nesting || _items.Length != other._items.Length
            || !_text.AsSpan().SequenceEqual(other._text) || !_hint.AsSpan().SequenceEqual(other._hint))
            return false;
        for (int i = 0; i < _items.Length; i++)
            if (!_items[i].Equals(other._items[i]))
                return false;
        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Datum);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Kind);
        hash.AddBytes(_text);
        foreach (Datum item in _items)
            hash.Add(item.GetHashCode());
        return hash.ToHashCode();
    }

    /// <summary>The text that reads as this datum, with single spaces.</summary>
    public override string ToString() => Encoding.UTF8.GetString(ToUtf8());
}
