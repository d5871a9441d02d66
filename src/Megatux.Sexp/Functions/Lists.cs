namespace Megatux.Sexp;

/// <summary>Lists: made, taken apart, joined.</summary>
internal static class Lists
{
    internal static SexpPrimitive[] Functions { get; } =
    [
        new("cons", static (in call, head, tail) => new SexpValue(call.Cons(head, call.List(tail)))),
        new("car", static (in call, list) => call.Items(list).Head),
        new("cdr", static (in call, list) => new SexpValue(call.Items(list).Tail)),
        new("caar", static (in call, list) => call.Items(call.Items(list).Head).Head),
        new("cadr", static (in call, list) => ItemAt(call, list, 1)),
        new("caddr", static (in call, list) => ItemAt(call, list, 2)),
        new("cadddr", static (in call, list) => ItemAt(call, list, 3)),
        new("cdar", static (in call, list) => new SexpValue(call.Items(call.Items(list).Head).Tail)),
        new("cddr", static (in call, list) => new SexpValue(Drop(call, list, 2))),
        new("list", 0, SexpPrimitive.Unbounded, static (in call, items) => Join(call, items, Pair.Nil)),
        new("length", static (in call, list) => Length(call, call.List(list))),
        new("append", 0, SexpPrimitive.Unbounded, Append),
        new("reverse", static (in call, list) => Reverse(call, call.List(list))),
        new("list-ref", static (in call, list, index) => call.Items(new SexpValue(Drop(call, list, call.Index(index, int.MaxValue)))).Head),
        new("list-tail", static (in call, list, count) => new SexpValue(Drop(call, list, call.Index(count, int.MaxValue)))),
        new("drop", static (in call, list, count) => new SexpValue(Drop(call, list, call.Index(count, int.MaxValue)))),
        new("take", Take),
        new("iota", 1, 3, Iota),
    ];

    /// <summary>A list of items in front of another.</summary>
    internal static SexpValue Join(in SexpCall call, ReadOnlySpan<SexpValue> items, Pair list)
    {
        call.Step(items.Length);
        for (int i = items.Length - 1; i >= 0; i--)
            list = call.Cons(items[i], list);
        return new SexpValue(list);
    }

    /// <summary>The items of a list, one behind the other.</summary>
    internal static SexpValue[] ToArray(in SexpCall call, Pair list)
    {
        const int ItemBytes = 16;
        int length = Length(call, list);
        call.Allocate((long)length * ItemBytes);
        var items = new SexpValue[length];
        for (int i = 0; i < length; i++, list = list.Tail)
            items[i] = list.Head;
        return items;
    }

    private static int Length(in SexpCall call, Pair list)
    {
        int length = 0;
        for (; !list.IsNil; list = list.Tail, length++)
            call.Step();
        return length;
    }

    private static SexpValue ItemAt(in SexpCall call, SexpValue list, int index) => call.Items(new SexpValue(Drop(call, list, index))).Head;

    private static Pair Drop(in SexpCall call, SexpValue list, int count)
    {
        Pair rest = call.List(list);
        for (int i = 0; i < count; i++, rest = rest.Tail)
        {
            call.Step();
            if (rest.IsNil)
                throw call.Fault($"{call.Name} expects a list of {count} items or more, found {i}");
        }

        return rest;
    }

    private static SexpValue Take(in SexpCall call, SexpValue list, SexpValue count)
    {
        var taken = new ListBuilder();
        Pair rest = call.List(list);
        int wanted = call.Index(count, int.MaxValue);
        for (int i = 0; i < wanted; i++, rest = rest.Tail)
        {
            call.Step();
            if (rest.IsNil)
                throw call.Fault($"take expects a list of {wanted} items or more, found {i}");
            taken.Add(call, rest.Head);
        }

        return taken.Value;
    }

    private static SexpValue Append(in SexpCall call, ReadOnlySpan<SexpValue> lists)
    {
        if (lists.IsEmpty)
            return SexpValue.Nil;
        var joined = new ListBuilder();
        foreach (SexpValue list in lists[..^1])
        {
            call.Step();
            for (Pair rest = call.List(list); !rest.IsNil; rest = rest.Tail)
            {
                call.Step();
                joined.Add(call, rest.Head);
            }
        }

        joined.End(call.List(lists[^1]));
        return joined.Value;
    }

    private static SexpValue Reverse(in SexpCall call, Pair list)
    {
        Pair reversed = Pair.Nil;
        for (; !list.IsNil; list = list.Tail)
        {
            call.Step();
            reversed = call.Cons(list.Head, reversed);
        }

        return new SexpValue(reversed);
    }

    /// <summary><c>(iota count start step)</c></summary>
    private static SexpValue Iota(in SexpCall call, ReadOnlySpan<SexpValue> arguments)
    {
        int count = call.Index(arguments[0], int.MaxValue);
        SexpValue next = arguments.Length > 1 ? call.Number(arguments[1]) : 0, step = arguments.Length > 2 ? call.Number(arguments[2]) : 1;
        var list = new ListBuilder();
        for (int i = 0; i < count; i++)
        {
            call.Step();
            list.Add(call, next);
            if (i < count - 1)
                next = Arithmetic.Add.Apply(call, next, step);
        }

        return list.Value;
    }
}
