namespace Megatux.Sexp;

internal sealed partial class Compiler
{
    private static Constant Quote(Datum form)
    {
        Expect(form.Items.Length == 2, form, "(quote datum)");
        return new Constant(SexpValue.From(form.Items[1]), form.Position);
    }

    private Node Quasiquote(Datum form, FunctionScope scope)
    {
        Expect(form.Items.Length == 2, form, "(quasiquote datum)");
        return Quasiquote(form.Items[1], scope, level: 1);
    }

    private Node Quasiquote(Datum datum, FunctionScope scope, int level)
    {
        if (datum.Kind != DatumKind.List)
            return new Constant(SexpValue.From(datum), datum.Position);
        if (IsForm(datum, "unquote"u8) && level == 1)
        {
            Expect(datum.Items.Length == 2, datum, "(unquote value)");
            return Expression(datum.Items[1], scope, isLast: false);
        }

        // What is quoted in a template of a template is computed when that one is.
        int inner = IsForm(datum, "quasiquote"u8) ? level + 1
            : IsForm(datum, "unquote"u8) || IsForm(datum, "unquote-splicing"u8) ? level - 1 : level;
        var items = new (Node Value, bool IsSpliced)[datum.Items.Length];
        bool isConstant = true;
        for (int i = 0; i < items.Length; i++)
        {
            Datum item = datum.Items[i];
            bool isSpliced = inner == 1 && IsForm(item, "unquote-splicing"u8);
            Expect(!isSpliced || item.Items.Length == 2, item, "(unquote-splicing list)");
            items[i] = (isSpliced ? Expression(item.Items[1], scope, isLast: false) : Quasiquote(item, scope, inner), isSpliced);
            isConstant &= !isSpliced && items[i].Value is Constant;
        }

        return isConstant ? new Constant(SexpValue.List([.. items.Select(item => ((Constant)item.Value).Value)]), datum.Position) : new Template(items, datum.Position);
    }
}
