namespace Megatux.Sexp;

/// <summary>Rounding, roots, powers, and from exact to inexact and back.</summary>
internal static class Reals
{
    internal static SexpPrimitive[] Functions { get; } =
    [
        new("abs", static (in call, a) => Comparisons.Compare(call, a, 0) == -1 ? Arithmetic.Subtract.Apply(call, 0, a) : a),
        new("floor", static (in call, a) => Round(call, a, static number => number.Floor(), Math.Floor)),
        new("ceiling", static (in call, a) => Round(call, a, static number => number.IsWhole ? number.Floor() : number.Floor() + 1, Math.Ceiling)),
        new("round", static (in call, a) => Round(call, a, static number => number.Round(), Math.Round)),
        new("truncate", static (in call, a) => Round(call, a, static number => number.Truncate(), Math.Truncate)),
        new("sqrt", static (in call, a) => call.Number(a).ToDouble() is var number && number < 0 ? throw call.Expected("a number that is not negative", a)
            : SexpValue.Inexact(Math.Sqrt(number))),
        new("exp", static (in call, a) => SexpValue.Inexact(Math.Exp(call.Number(a).ToDouble()))),
        new("log", static (in call, a) => call.Number(a).ToDouble() is var number && number <= 0 ? throw call.Expected("a number above zero", a)
            : SexpValue.Inexact(Math.Log(number))),
        new("expt", Power),
        new("inexact", static (in call, a) => SexpValue.Inexact(call.Number(a).ToDouble())),
        new("exact", Exact),
    ];

    private static SexpValue Round(in SexpCall call, SexpValue value, Func<ExactNumber, long> exact, Func<double, double> inexact) =>
        call.Number(value).IsInteger ? value : value.IsInexact ? SexpValue.Inexact(inexact(value.ToDouble())) : exact(value.AsExact);

    /// <summary>Exact for an exact base and a whole exponent from 0 on: by squares, so that no exponent takes long.</summary>
    private static SexpValue Power(in SexpCall call, SexpValue number, SexpValue exponent)
    {
        if (call.Number(number).IsInexact || !call.Number(exponent).TryGetInteger(out long left) || left < 0)
            return SexpValue.Inexact(Math.Pow(number.ToDouble(), exponent.ToDouble()));
        SexpValue power = 1, square = number;
        for (; ; square = Arithmetic.Multiply.Apply(call, square, square))
        {
            if ((left & 1) != 0)
                power = Arithmetic.Multiply.Apply(call, power, square);
            if ((left >>= 1) == 0)
                return power;
        }
    }

    /// <summary>The exact number that is written with the fewest digits that read as the inexact one.</summary>
    private static SexpValue Exact(in SexpCall call, SexpValue value)
    {
        if (!call.Number(value).IsInexact)
            return value;
        if (!double.IsFinite(value.ToDouble()))
            throw call.Expected("a finite number", value);
        SexpValue exact = NumberText.Read(value.NumberBytes());
        if (exact.IsInexact && Math.Truncate(value.ToDouble()) == value.ToDouble() && Math.Abs(value.ToDouble()) < long.MaxValue)
            return (long)value.ToDouble();
        return exact.IsInexact ? throw call.Overflow() : exact.TryGetInteger(out long whole) ? whole : exact;
    }
}
