namespace Megatux.Sexp;

/// <summary>Functions that call functions.</summary>
internal static class HigherOrder
{
    private const int MostLists = 8;

    internal static SexpPrimitive[] Functions { get; } =
    [
        new("map", 2, MostLists + 1, Map),
        new("filter", Filter),
        new("fold", 3, 3, static (in call, arguments) => Fold(call, arguments[0], arguments[1], call.List(arguments[2]))),
        new("reduce", 3, 3, Reduce),
        new("fold-right", 3, 3, FoldRight),
        new("apply", 2, SexpPrimitive.Unbounded, Apply),
        new("sort", Sort),
    ];

    private static SexpValue Map(in SexpCall call, ReadOnlySpan<SexpValue> arguments)
    {
        var mapped = new ListBuilder();
        SexpValue function = arguments[0];
        if (arguments.Length == 2)
        {
            for (Pair list = call.List(arguments[1]); !list.IsNil; list = list.Tail)
                mapped.Add(call, call.Apply(function, list.Head));
            return mapped.Value;
        }

        // Of several lists, up to the end of the shortest.
        var lists = new Pair[arguments.Length - 1];
        var items = new SexpValue[lists.Length];
        for (int i = 0; i < lists.Length; i++)
            lists[i] = call.List(arguments[i + 1]);
        while (true)
        {
            for (int i = 0; i < lists.Length; i++)
            {
                if (lists[i].IsNil)
                    return mapped.Value;
                (items[i], lists[i]) = (lists[i].Head, lists[i].Tail);
            }

            mapped.Add(call, call.Apply(function, items));
        }
    }

    private static SexpValue Filter(in SexpCall call, SexpValue test, SexpValue list)
    {
        var kept = new ListBuilder();
        for (Pair rest = call.List(list); !rest.IsNil; rest = rest.Tail)
            if (call.Apply(test, rest.Head).IsTrue)
                kept.Add(call, rest.Head);
        return kept.Value;
    }

    private static SexpValue Fold(in SexpCall call, SexpValue function, SexpValue start, Pair list)
    {
        for (; !list.IsNil; list = list.Tail)
            start = call.Apply(function, list.Head, start);
        return start;
    }

    private static SexpValue Reduce(in SexpCall call, ReadOnlySpan<SexpValue> arguments) =>
        call.List(arguments[2]) is { IsNil: false } list ? Fold(call, arguments[0], list.Head, list.Tail) : arguments[1];

    private static SexpValue FoldRight(in SexpCall call, ReadOnlySpan<SexpValue> arguments)
    {
        (SexpValue function, SexpValue result) = (arguments[0], arguments[1]);
        SexpValue[] items = Lists.ToArray(call, call.List(arguments[2]));
        for (int i = items.Length - 1; i >= 0; i--)
            result = call.Apply(function, items[i], result);
        return result;
    }

    private static SexpValue Apply(in SexpCall call, ReadOnlySpan<SexpValue> arguments)
    {
        SexpValue[] last = Lists.ToArray(call, call.List(arguments[^1]));
        return call.Apply(arguments[0], arguments.Length == 2 ? last : [.. arguments[1..^1], .. last]);
    }

    /// <summary>Merges runs of 1, 2, 4... items: what is equal stays in its order, and nothing recurses, whatever the test says.</summary>
    private static SexpValue Sort(in SexpCall call, SexpValue list, SexpValue less)
    {
        SexpValue[] items = Lists.ToArray(call, call.List(list)), merged = Lists.ToArray(call, call.List(list));
        for (int run = 1; run < items.Length; run *= 2)
        {
            for (int start = 0; start < items.Length; start += 2 * run)
            {
                int left = start, middle = Math.Min(start + run, items.Length), right = middle, end = Math.Min(start + 2 * run, items.Length);
                for (int to = start; to < end; to++)
                    merged[to] = left < middle && (right == end || !call.Apply(less, items[right], items[left]).IsTrue) ? items[left++] : items[right++];
            }

            (items, merged) = (merged, items);
        }

        return Lists.Join(call, items, Pair.Nil);
    }
}
