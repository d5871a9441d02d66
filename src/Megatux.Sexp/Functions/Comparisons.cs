namespace Megatux.Sexp;

/// <summary><c>= &lt; &gt; &lt;= &gt;= min max</c>. An exact number is compared with an inexact one as the nearest inexact one.</summary>
internal static class Comparisons
{
    internal static SexpPrimitive[] Functions { get; } =
    [
        Chain<Equal>("="), Chain<Less>("<"), Chain<Greater>(">"), Chain<AtMost>("<="), Chain<AtLeast>(">="),
        new("min", 1, SexpPrimitive.Unbounded, static (in call, numbers) => Choose(call, numbers, wanted: -1)),
        new("max", 1, SexpPrimitive.Unbounded, static (in call, numbers) => Choose(call, numbers, wanted: 1)),
    ];

    internal readonly struct Equal : IOperation
    {
        public static bool TryApply(long first, long second, out SexpValue result)
        {
            result = first == second;
            return true;
        }

        public static SexpValue Apply(in SexpCall call, SexpValue a, SexpValue b) =>
            Compare(call, a, b) == 0;
    }

    internal readonly struct Less : IOperation
    {
        public static bool TryApply(long first, long second, out SexpValue result)
        {
            result = first < second;
            return true;
        }

        public static SexpValue Apply(in SexpCall call, SexpValue a, SexpValue b) =>
            Compare(call, a, b) == -1;
    }

    internal readonly struct Greater : IOperation
    {
        public static bool TryApply(long first, long second, out SexpValue result)
        {
            result = first > second;
            return true;
        }

        public static SexpValue Apply(in SexpCall call, SexpValue a, SexpValue b) =>
            Compare(call, a, b) == 1;
    }

    internal readonly struct AtMost : IOperation
    {
        public static bool TryApply(long first, long second, out SexpValue result)
        {
            result = first <= second;
            return true;
        }

        public static SexpValue Apply(in SexpCall call, SexpValue a, SexpValue b) =>
            Compare(call, a, b) is -1 or 0;
    }

    internal readonly struct AtLeast : IOperation
    {
        public static bool TryApply(long first, long second, out SexpValue result)
        {
            result = first >= second;
            return true;
        }

        public static SexpValue Apply(in SexpCall call, SexpValue a, SexpValue b) =>
            Compare(call, a, b) is 1 or 0;
    }

    /// <summary>-1, 0 or 1; null when one of them is no number at all.</summary>
    internal static int? Compare(in SexpCall call, SexpValue a, SexpValue b)
    {
        if (!call.Number(a).IsInexact & !call.Number(b).IsInexact)
            return ExactNumber.Compare(a.AsExact, b.AsExact);
        double left = a.ToDouble(), right = b.ToDouble();
        return left < right ? -1 : left > right ? 1 : left == right ? 0 : null;
    }

    private static SexpPrimitive Chain<TOperation>(string name)
        where TOperation : struct, IOperation => new(name, 1, SexpPrimitive.Unbounded, static (in call, numbers) =>
    {
        call.Step(numbers.Length);
        call.Number(numbers[0]);
        bool holds = true;
        for (int i = 1; i < numbers.Length; i++)
            holds &= TOperation.Apply(call, numbers[i - 1], numbers[i]).IsTrue;
        return holds;
    });

    private static SexpValue Choose(in SexpCall call, ReadOnlySpan<SexpValue> numbers, int wanted)
    {
        call.Step(numbers.Length);
        SexpValue best = call.Number(numbers[0]);
        foreach (SexpValue number in numbers[1..])
        {
            // No number at all is neither less nor more, and nothing to choose from.
            int? order = Compare(call, number, best);
            if (order == wanted || (order is null && double.IsNaN(number.ToDouble())))
                best = number;
        }

        return best;
    }
}
