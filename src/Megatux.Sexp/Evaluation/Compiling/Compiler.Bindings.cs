namespace Megatux.Sexp;

internal sealed partial class Compiler
{
    private Node Let(Datum form, FunctionScope scope, bool isLast)
    {
        if (form.Items.Length > 1 && form.Items[1].Kind == DatumKind.Symbol)
            return NamedLet(form, scope, isLast);
        Datum bindings = Bindings(form, 1);
        Node[] values = Values(bindings, scope);
        int mark = scope.Mark;
        int[] slots = [.. Names(bindings).Select(name => scope.Add(name).Slot)];
        Node body = Body(form, 2, scope, isLast);
        scope.Forget(mark);
        return new Let(slots, values, body, form.Position);
    }

    /// <summary>A loop: a function that is called at once, and by its name again.</summary>
    private Letrec NamedLet(Datum form, FunctionScope scope, bool isLast)
    {
        Datum bindings = Bindings(form, 2), name = Name(form.Items[1]);
        Node[] values = Values(bindings, scope);
        int mark = scope.Mark;
        Variable self = scope.Add(name, isBoxed: true);
        Lambda loop = Lambda(name.Text, Names(bindings), form, 3, scope);
        var call = new Call(new BoxedLocal(self.Slot, name.Text, name.Position), values, isLast, form.Position);
        scope.Forget(mark);
        return new Letrec([self.Slot], [loop], call, form.Position);
    }

    private Let LetInTurn(Datum form, FunctionScope scope, bool isLast)
    {
        Datum bindings = Bindings(form, 1);
        int mark = scope.Mark;
        int[] slots = new int[bindings.Items.Length];
        var values = new Node[slots.Length];
        for (int i = 0; i < slots.Length; i++)
        {
            values[i] = Expression(bindings.Items[i].Items[1], scope, isLast: false);
            slots[i] = scope.Add(Name(bindings.Items[i].Items[0])).Slot;
        }

        Node body = Body(form, 2, scope, isLast);
        scope.Forget(mark);
        return new Let(slots, values, body, form.Position);
    }

    private Letrec Letrec(Datum form, FunctionScope scope, bool isLast)
    {
        Datum bindings = Bindings(form, 1);
        int mark = scope.Mark;
        int[] slots = [.. Names(bindings).Select(name => scope.Add(name, isBoxed: true).Slot)];
        Node[] values = Values(bindings, scope);
        Node body = Body(form, 2, scope, isLast);
        scope.Forget(mark);
        return new Letrec(slots, values, body, form.Position);
    }

    private Lambda Lambda(Datum form, FunctionScope scope)
    {
        Expect(form.Items.Length > 2 && form.Items[1].Kind == DatumKind.List, form, "(lambda (name ...) value ...)");
        return Lambda("the function", DistinctNames(form.Items[1].Items), form, 2, scope);
    }

    private Lambda Lambda(string name, Datum[] parameters, Datum form, int from, FunctionScope scope)
    {
        var inner = new FunctionScope(scope);
        foreach (Datum parameter in parameters)
            inner.Add(parameter);
        Node body = Body(form, from, inner, isLast: true);
        return new Lambda(new LambdaCode(name, parameters.Length, inner.Slots, inner.Captures, body), form.Position);
    }

    /// <summary>Definitions, which see each other, and expressions.</summary>
    private Node Body(Datum form, int from, FunctionScope scope, bool isLast)
    {
        int first = from;
        while (first < form.Items.Length && IsForm(form.Items[first], "define"u8))
            first++;
        if (first == form.Items.Length)
            throw Bad(form, "expected a value behind what is defined, found the end of the form");
        if (first == from)
            return Expressions(form, from, scope, isLast);
        int mark = scope.Mark;
        Datum[] definitions = form.Items[from..first].ToArray();
        int[] slots = [.. DistinctNames([.. definitions.Select(DefinedName)]).Select(name => scope.Add(name, isBoxed: true).Slot)];
        Node[] values = [.. definitions.Select(definition => DefinedValue(definition, scope))];
        Node body = Expressions(form, first, scope, isLast);
        scope.Forget(mark);
        return new Letrec(slots, values, body, form.Position);
    }

    /// <summary>The name of <c>(define name value)</c> or <c>(define (name parameter ...) value ...)</c>.</summary>
    private static Datum DefinedName(Datum form)
    {
        bool isFunction = form.Items.Length > 1 && form.Items[1] is { Kind: DatumKind.List, Items.IsEmpty: false };
        Expect(isFunction ? form.Items.Length > 2 : form.Items.Length == 3, form, "(define name value) or (define (name parameter ...) value ...)");
        return Name(isFunction ? form.Items[1].Items[0] : form.Items[1]);
    }

    private Node DefinedValue(Datum form, FunctionScope scope) => form.Items[1].Kind == DatumKind.List
        ? Lambda(DefinedName(form).Text, DistinctNames(form.Items[1].Items[1..]), form, 2, scope)
        : Expression(form.Items[2], scope, isLast: false);

    private static Datum Bindings(Datum form, int at)
    {
        const string Shape = "((name value) ...)";
        if (form.Items.Length < at + 2 || form.Items[at].Kind != DatumKind.List)
            throw Bad(form, $"expected ({form.Items[0]} {(at == 2 ? "name " : "")}{Shape} value ...)");
        foreach (Datum binding in form.Items[at].Items)
            Expect(binding.Items.Length == 2, binding, $"(name value), a binding of {Shape}");
        return form.Items[at];
    }

    private Node[] Values(Datum bindings, FunctionScope scope)
    {
        var values = new Node[bindings.Items.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = Expression(bindings.Items[i].Items[1], scope, isLast: false);
        return values;
    }

    private static Datum[] Names(Datum bindings) => DistinctNames([.. bindings.Items.ToArray().Select(binding => binding.Items[0])]);

    private static Datum[] DistinctNames(ReadOnlySpan<Datum> names)
    {
        HashSet<string> seen = [];
        foreach (Datum name in names)
            if (!seen.Add(Name(name).Text))
                throw Bad(name, $"{name} is there twice");
        return names.ToArray();
    }
}
