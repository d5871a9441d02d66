using System.Text;

namespace Megatux.Sexp;

/// <summary>
/// An immutable S-expression. Numbers keep the text that they were read from, so that what is printed is what was read. A quoted
/// datum is the list <c>(quote datum)</c>, which is printed with a quote again.
/// </summary>
/// <remarks>Data are equal when they have the same structure and bytes, wherever they stood.</remarks>
public sealed partial class Datum : IEquatable<Datum>
{
    // Items of a list, bytes of anything else, or bytes with a hint: trees are made by the million, and a field less is felt.
    private readonly object _content;
    private readonly byte _kind;
    private readonly ushort _nesting;

    private Datum(DatumKind kind, object content, int nesting, SexpPosition position)
    {
        _kind = (byte)kind;
        _content = content;
        _nesting = (ushort)nesting;
        Position = position;
    }

    private sealed record HintedText(byte[] Text, byte[] Hint);

    /// <summary>What it is.</summary>
    public DatumKind Kind => (DatumKind)_kind;

    /// <summary>Where it began in the text that it was read from.</summary>
    public SexpPosition Position { get; }

    /// <summary>The value of a string, or an atom as it was written; nothing for a list.</summary>
    public ReadOnlySpan<byte> Bytes => _content as byte[] ?? (_content as HintedText)?.Text;

    /// <summary><see cref="Bytes"/> as UTF-8; what is none becomes U+FFFD.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>What is in a list; nothing for anything else.</summary>
    public ReadOnlySpan<Datum> Items => _content as Datum[];

    /// <summary>The display hint of a string that was read in canonical form; mostly nothing. See <see cref="CanonicalSexp"/>.</summary>
    public ReadOnlySpan<byte> Hint => (_content as HintedText)?.Hint;

    /// <summary>How many lists are in each other, this one with them; at most <see cref="SexpLimits.DeepestNesting"/>.</summary>
    internal int Nesting => _nesting;

    /// <summary>True for <c>(quote datum)</c>.</summary>
    internal bool IsQuote => Items is [var first, _] && first.IsSymbol("quote"u8);

    /// <summary>Whether it is the symbol of a name.</summary>
    public bool IsSymbol(ReadOnlySpan<byte> name) => Kind == DatumKind.Symbol && Bytes.SequenceEqual(name);

    /// <inheritdoc/>
    public bool Equals(Datum? other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (other is null || _kind != other._kind || _nesting != other._nesting)
            return false;
        if (_content is not Datum[] items)
            return Bytes.SequenceEqual(other.Bytes) && Hint.SequenceEqual(other.Hint);
        ReadOnlySpan<Datum> others = other.Items;
        if (items.Length != others.Length)
            return false;
        for (int i = 0; i < items.Length; i++)
            if (!items[i].Equals(others[i]))
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
        hash.AddBytes(Bytes);
        foreach (Datum item in Items)
            hash.Add(item.GetHashCode());
        return hash.ToHashCode();
    }

    /// <summary>The text that reads as this datum, with single spaces.</summary>
    public override string ToString() => Encoding.UTF8.GetString(ToUtf8());
}
