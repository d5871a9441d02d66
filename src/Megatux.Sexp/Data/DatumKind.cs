namespace Megatux.Sexp;

/// <summary>What a datum is.</summary>
public enum DatumKind
{
    /// <summary>A list of data.</summary>
    List,

    /// <summary>Bytes between quotes.</summary>
    String,

    /// <summary>An atom that is no number.</summary>
    Symbol,

    /// <summary>An atom that is a number: an integer, <c>0x</c> and hexadecimal digits, a decimal, an infinity or no number at all.</summary>
    Number,
}
