namespace Megatux.Sexp;

/// <summary>What is looked for in lists. Not found is <c>#f</c>.</summary>
internal static class Searches
{
    private delegate bool Test(in SexpCall call, SexpValue a, SexpValue b);

    internal static SexpPrimitive[] Functions { get; } =
    [
        new("assoc", static (in call, key, list) => Find(call, key, list, Equality.AreEqual)),
        new("assq", static (in call, key, list) => Find(call, key, list, Equality.AreSame)),
        new("member", static (in call, item, list) => FindItem(call, item, list, Equality.AreEqual)),
        new("memq", static (in call, item, list) => FindItem(call, item, list, Equality.AreSame)),
    ];

    /// <summary>The first of the lists in a list that begins with the key.</summary>
    private static SexpValue Find(in SexpCall call, SexpValue key, SexpValue list, Test areEqual)
    {
        for (Pair rest = call.List(list); !rest.IsNil; rest = rest.Tail)
        {
            call.Step();
            if (rest.Head.AsList is not { IsNil: false } entry)
                throw call.Expected("a list of lists with items", rest.Head);
            if (areEqual(call, key, entry.Head))
                return rest.Head;
        }

        return SexpValue.False;
    }

    /// <summary>The list from the item on.</summary>
    private static SexpValue FindItem(in SexpCall call, SexpValue item, SexpValue list, Test areEqual)
    {
        for (Pair rest = call.List(list); !rest.IsNil; rest = rest.Tail)
        {
            call.Step();
            if (areEqual(call, item, rest.Head))
                return new SexpValue(rest);
        }

        return SexpValue.False;
    }
}
