namespace Megatux.Sexp;

/// <summary>The first item of a list and the list of the others. There are no pairs that are no lists.</summary>
internal sealed class Pair
{
    /// <summary>What one takes of a budget's memory.</summary>
    internal const int Bytes = 40;

    internal static readonly Pair Nil = new();

    private Pair() => Tail = this;

    internal Pair(SexpValue head, Pair tail) => (Head, Tail) = (head, tail);

    internal SexpValue Head { get; }

    // Set once more while a list is built from its first item on; never after another can see it.
    internal Pair Tail { get; set; }

    internal bool IsNil => ReferenceEquals(this, Nil);
}
