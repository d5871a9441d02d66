namespace Megatux.Sexp;

/// <summary>What a reader stands at.</summary>
public enum SexpToken
{
    /// <summary>Nothing: no token was read yet, or there is none.</summary>
    None,

    /// <summary><c>(</c></summary>
    ListStart,

    /// <summary><c>)</c></summary>
    ListEnd,

    /// <summary><c>'</c>: the next datum is quoted.</summary>
    Quote,

    /// <summary>A number or symbol.</summary>
    Atom,

    /// <summary>What stands between <c>"</c> and <c>"</c>.</summary>
    String,
}
