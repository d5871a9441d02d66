namespace Megatux.Sexp;

internal sealed partial class Compiler
{
    private If If(Datum form, FunctionScope scope, bool isLast)
    {
        Expect(form.Items.Length is 3 or 4, form, "(if test then else)");
        return new If(Expression(form.Items[1], scope, isLast: false), Expression(form.Items[2], scope, isLast),
            form.Items.Length == 4 ? Expression(form.Items[3], scope, isLast) : new Constant(SexpValue.False, form.Position), form.Position);
    }

    private Cond Cond(Datum form, FunctionScope scope, bool isLast)
    {
        const string Shape = "(cond (test value ...) ... (else value ...))";
        Expect(form.Items.Length > 1, form, Shape);
        var clauses = new CondClause[form.Items.Length - 1];
        for (int i = 0; i < clauses.Length; i++)
        {
            Datum clause = form.Items[i + 1];
            Expect(clause is { Kind: DatumKind.List, Items.IsEmpty: false }, clause, Shape);
            ReadOnlySpan<Datum> parts = clause.Items;
            if (parts[0].IsSymbol("else"u8))
            {
                Expect(i == clauses.Length - 1 && parts.Length > 1, clause, Shape);
                clauses[i] = new CondClause(new Constant(SexpValue.True, clause.Position), -1, Expressions(clause, 1, scope, isLast));
                continue;
            }

            Node test = Expression(parts[0], scope, isLast: false);
            if (parts.Length > 1 && parts[1].IsSymbol("=>"u8))
            {
                Expect(parts.Length == 3, clause, "(test => function)");
                int slot = scope.NewSlot(clause.Position);
                var call = new Call(Expression(parts[2], scope, isLast: false), [new Local(slot, clause.Position)], isLast, clause.Position);
                clauses[i] = new CondClause(test, slot, call);
                continue;
            }

            clauses[i] = new CondClause(test, -1, parts.Length == 1 ? null : Expressions(clause, 1, scope, isLast));
        }

        return new Cond(clauses, form.Position);
    }

    private Case Case(Datum form, FunctionScope scope, bool isLast)
    {
        const string Shape = "(case value ((datum ...) value ...) ... (else value ...))";
        Expect(form.Items.Length > 2, form, Shape);
        Node key = Expression(form.Items[1], scope, isLast: false);
        Node? otherwise = null;
        List<(SexpValue[], Node)> clauses = [];
        for (int i = 2; i < form.Items.Length; i++)
        {
            Datum clause = form.Items[i];
            Expect(clause.Items.Length > 1 && otherwise is null, clause, Shape);
            Datum data = clause.Items[0];
            Node body = Expressions(clause, 1, scope, isLast);
            if (data.IsSymbol("else"u8))
            {
                otherwise = body;
                continue;
            }

            Expect(data.Kind == DatumKind.List, data, Shape);
            var values = new SexpValue[data.Items.Length];
            for (int item = 0; item < values.Length; item++)
                values[item] = SexpValue.From(data.Items[item]);
            clauses.Add((values, body));
        }

        return new Case(key, [.. clauses], otherwise, form.Position);
    }

    private Node AndOr(Datum form, FunctionScope scope, bool isLast, bool isAnd)
    {
        var parts = new Node[form.Items.Length - 1];
        for (int i = 0; i < parts.Length; i++)
            parts[i] = Expression(form.Items[i + 1], scope, isLast && i == parts.Length - 1);
        return parts.Length == 0 ? new Constant(isAnd, form.Position)
            : parts.Length == 1 ? parts[0]
            : isAnd ? new And(parts, form.Position) : new Or(parts, form.Position);
    }

    private If When(Datum form, FunctionScope scope, bool isLast, bool expected)
    {
        Expect(form.Items.Length > 2, form, $"({form.Items[0]} test value ...)");
        Node test = Expression(form.Items[1], scope, isLast: false), body = Expressions(form, 2, scope, isLast);
        var nothing = new Constant(SexpValue.False, form.Position);
        return expected ? new If(test, body, nothing, form.Position) : new If(test, nothing, body, form.Position);
    }

    private Node Begin(Datum form, FunctionScope scope, bool isLast)
    {
        Expect(form.Items.Length > 1, form, "(begin value ...)");
        return Expressions(form, 1, scope, isLast);
    }

    /// <summary>What stands in a form from some item on, one after the other.</summary>
    private Node Expressions(Datum form, int from, FunctionScope scope, bool isLast)
    {
        var parts = new Node[form.Items.Length - from];
        for (int i = 0; i < parts.Length; i++)
            parts[i] = Expression(form.Items[from + i], scope, isLast && i == parts.Length - 1);
        return parts.Length == 1 ? parts[0] : new Sequence(parts, form.Position);
    }
}
