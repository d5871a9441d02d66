namespace Megatux.Sexp;

/// <summary>What a value is.</summary>
internal static class Predicates
{
    internal static SexpPrimitive[] Functions { get; } =
    [
        new("null?", static (in call, value) => value.IsNil),
        new("pair?", static (in call, value) => value is { IsList: true, IsNil: false }),
        new("list?", static (in call, value) => value.IsList),
        new("number?", static (in call, value) => value.IsNumber),
        new("integer?", static (in call, value) => value.TryGetInteger(out _) || (value.IsInexact && Math.Truncate(value.ToDouble()) == value.ToDouble() && double.IsFinite(value.ToDouble()))),
        new("exact?", static (in call, value) => !call.Number(value).IsInexact),
        new("nan?", static (in call, value) => double.IsNaN(call.Number(value).ToDouble())),
        new("zero?", static (in call, value) => Comparisons.Compare(call, value, 0) == 0),
        new("string?", static (in call, value) => value.IsString),
        new("symbol?", static (in call, value) => value.IsSymbol),
        new("boolean?", static (in call, value) => value.IsBoolean),
        new("procedure?", static (in call, value) => value.IsFunction),
        new("not", static (in call, value) => !value.IsTrue),
        new("equal?", static (in call, a, b) => Equality.AreEqual(call, a, b)),
        new("eq?", static (in call, a, b) => Equality.AreSame(call, a, b)),
    ];
}
