using System.Runtime.CompilerServices;

namespace Megatux.Sexp;

/// <summary>
/// A value of the language: an exact or inexact number, a truth value, a string, a symbol, a list or a function. Immutable;
/// numbers take no memory of their own. The default is the exact number 0.
/// </summary>
public readonly partial struct SexpValue
{
    // Which kind it is says the reference: null for an exact integer, a tag for other numbers and truth values, or what the value
    // is made of: a datum (string or symbol), a pair, a function.
    private readonly object? _reference;
    private readonly long _bits;

    private SexpValue(object? reference, long bits)
    {
        _reference = reference;
        _bits = bits;
    }

    internal SexpValue(Pair list) => _reference = list;

    internal SexpValue(SexpFunction function) => _reference = function;

    internal SexpValue(Box box) => _reference = box;

    internal SexpValue(Datum text) => _reference = text;

    /// <summary>The list without items.</summary>
    public static SexpValue Nil { get; } = new(Pair.Nil);

    /// <summary><c>#t</c></summary>
    public static SexpValue True { get; } = new(Tag.Boolean, 1);

    /// <summary><c>#f</c>, the one value that is not true.</summary>
    public static SexpValue False { get; } = new(Tag.Boolean, 0);

    /// <summary>What stands in a variable before it has a value.</summary>
    internal static SexpValue Unset { get; } = new(Tag.Unset, 0);

    /// <summary>An exact integer.</summary>
    public static implicit operator SexpValue(long value) => new(null, value);

    /// <summary>A truth value.</summary>
    public static implicit operator SexpValue(bool value) => new(Tag.Boolean, value ? 1 : 0);

    /// <summary>An exact number of a mantissa and how many of its digits stand behind the point.</summary>
    /// <param name="mantissa">All digits.</param>
    /// <param name="scale">How many stand behind the point, 0 to 18.</param>
    public static SexpValue Exact(long mantissa, int scale) => (uint)scale <= ExactNumber.MaxScale
        ? new SexpValue(scale == 0 ? null : Tag.Scales[scale], mantissa)
        : throw new ArgumentOutOfRangeException(nameof(scale), scale, $"expected 0 to {ExactNumber.MaxScale}");

    /// <summary>An inexact number.</summary>
    public static SexpValue Inexact(double value) => new(Tag.Double, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A string.</summary>
    public static SexpValue String(string value) => new(Datum.String(value));

    /// <summary>A string of any bytes.</summary>
    public static SexpValue String(ReadOnlySpan<byte> value) => new(Datum.String(value));

    /// <summary>A list.</summary>
    public static SexpValue List(params ReadOnlySpan<SexpValue> items)
    {
        Pair list = Pair.Nil;
        for (int i = items.Length - 1; i >= 0; i--)
            list = new Pair(items[i], list);
        return new SexpValue(list);
    }

    /// <summary>Whether it is an exact integer.</summary>
    public bool IsInteger => _reference is null;

    /// <summary>Whether it is a number.</summary>
    public bool IsNumber => _reference is null or Tag { IsNumber: true };

    /// <summary>Whether it is a number that is not exact.</summary>
    public bool IsInexact => ReferenceEquals(_reference, Tag.Double);

    /// <summary>Whether it is a list.</summary>
    public bool IsList => _reference is Pair;

    /// <summary>Whether it is the list without items.</summary>
    public bool IsNil => ReferenceEquals(_reference, Pair.Nil);

    /// <summary>Whether it is a string.</summary>
    public bool IsString => _reference is Datum { Kind: DatumKind.String };

    /// <summary>Whether it is a symbol.</summary>
    public bool IsSymbol => _reference is Datum { Kind: DatumKind.Symbol };

    /// <summary>Whether it is <c>#t</c> or <c>#f</c>.</summary>
    public bool IsBoolean => ReferenceEquals(_reference, Tag.Boolean);

    /// <summary>Whether it is a function.</summary>
    public bool IsFunction => _reference is SexpFunction;

    /// <summary>Whether it counts as true: anything but <c>#f</c>.</summary>
    public bool IsTrue
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => !ReferenceEquals(_reference, Tag.Boolean) || _bits != 0;
    }

    /// <summary>The bytes of a string or symbol; nothing for anything else.</summary>
    public ReadOnlySpan<byte> Bytes => _reference is Datum text ? text.Bytes : default;

    /// <summary>Takes a list with items apart, as a host's functions do.</summary>
    /// <param name="head">The first item.</param>
    /// <param name="tail">The list of the others.</param>
    /// <returns>False when it is no list, or has no items.</returns>
    public bool TryGetFirst(out SexpValue head, out SexpValue tail)
    {
        bool hasItems = _reference is Pair { IsNil: false };
        (head, tail) = _reference is Pair list && hasItems ? (list.Head, new SexpValue(list.Tail)) : (False, Nil);
        return hasItems;
    }

    internal bool IsUnset => ReferenceEquals(_reference, Tag.Unset);

    /// <summary>An exact integer, or the mantissa of an exact number.</summary>
    internal long Bits => _bits;

    internal object? Reference => _reference;

    internal Datum? AsText => _reference as Datum;

    internal Pair? AsList => _reference as Pair;

    /// <summary>What a value is called in errors.</summary>
    internal string Kind => _reference switch
    {
        null => "an integer",
        Tag tag => tag.Name,
        Datum text => text.Kind == DatumKind.String ? "a string" : "a symbol",
        Pair list => list.IsNil ? "the empty list" : "a list",
        _ => "a function",
    };
}
