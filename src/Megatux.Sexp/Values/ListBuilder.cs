namespace Megatux.Sexp;

/// <summary>Builds a list from its first item on.</summary>
internal struct ListBuilder
{
    private Pair? _first, _last;

    internal readonly SexpValue Value => new(_first ?? Pair.Nil);

    internal void Add(in SexpCall call, SexpValue item)
    {
        Pair added = call.Cons(item, Pair.Nil);
        if (_last is null)
            _first = added;
        else
            _last.Tail = added;
        _last = added;
    }

    /// <summary>Ends the list with another one, of which it takes no copy.</summary>
    internal void End(Pair rest)
    {
        if (_last is null)
            _first = rest;
        else
            _last.Tail = rest;
    }
}
