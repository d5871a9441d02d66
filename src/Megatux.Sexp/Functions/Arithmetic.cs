using System.Runtime.CompilerServices;

namespace Megatux.Sexp;

/// <summary><c>+ - * /</c>. Exact numbers stay exact, or it is an error; what an inexact one is in is inexact.</summary>
internal static class Arithmetic
{
    internal static SexpPrimitive[] Functions { get; } =
    [
        new("+", 0, SexpPrimitive.Unbounded, static (in call, numbers) => Fold(call, 0, numbers, Add.Apply)),
        new("*", 0, SexpPrimitive.Unbounded, static (in call, numbers) => Fold(call, 1, numbers, Multiply.Apply)),
        new("-", 1, SexpPrimitive.Unbounded, static (in call, numbers) =>
            numbers.Length == 1 ? Subtract.Apply(call, 0, numbers[0]) : Fold(call, numbers[0], numbers[1..], Subtract.Apply)),
        new("/", 1, SexpPrimitive.Unbounded, static (in call, numbers) =>
            numbers.Length == 1 ? Divide(call, 1, numbers[0]) : Fold(call, numbers[0], numbers[1..], Divide)),
    ];

    internal readonly struct Add : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool TryApply(long first, long second, out SexpValue result)
        {
            long sum = unchecked(first + second);
            result = sum;
            return ((first ^ sum) & (second ^ sum)) >= 0;
        }

        public static SexpValue Apply(in SexpCall call, SexpValue a, SexpValue b) =>
            a.IsInteger && b.IsInteger && TryApply(a.Bits, b.Bits, out SexpValue result) ? result
            : AreExact(call, a, b) ? Fit(call, ExactNumber.TryAdd(a.AsExact, b.AsExact, out ExactNumber exact), exact)
            : SexpValue.Inexact(a.ToDouble() + b.ToDouble());
    }

    internal readonly struct Subtract : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool TryApply(long first, long second, out SexpValue result)
        {
            long difference = unchecked(first - second);
            result = difference;
            return ((first ^ second) & (first ^ difference)) >= 0;
        }

        public static SexpValue Apply(in SexpCall call, SexpValue a, SexpValue b) =>
            a.IsInteger && b.IsInteger && TryApply(a.Bits, b.Bits, out SexpValue result) ? result
            : AreExact(call, a, b) ? Fit(call, ExactNumber.TrySubtract(a.AsExact, b.AsExact, out ExactNumber exact), exact)
            : SexpValue.Inexact(a.ToDouble() - b.ToDouble());
    }

    internal readonly struct Multiply : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool TryApply(long first, long second, out SexpValue result)
        {
            long high = Math.BigMul(first, second, out long low);
            result = low;
            return high == low >> 63;
        }

        public static SexpValue Apply(in SexpCall call, SexpValue a, SexpValue b) =>
            a.IsInteger && b.IsInteger && TryApply(a.Bits, b.Bits, out SexpValue result) ? result
            : AreExact(call, a, b) ? Fit(call, ExactNumber.TryMultiply(a.AsExact, b.AsExact, out ExactNumber exact), exact)
            : SexpValue.Inexact(a.ToDouble() * b.ToDouble());
    }

    private static SexpValue Divide(in SexpCall call, SexpValue a, SexpValue b)
    {
        if (!AreExact(call, a, b))
            return SexpValue.Inexact(a.ToDouble() / b.ToDouble());
        if (b.Bits == 0)
            throw call.Fault("/ divides by zero");

        // A third has no end: the one place where exact numbers give an inexact one.
        return ExactNumber.TryDivide(a.AsExact, b.AsExact, out ExactNumber quotient)
            ? SexpValue.Exact(quotient.Mantissa, quotient.Scale) : SexpValue.Inexact(a.ToDouble() / b.ToDouble());
    }

    private static SexpValue Fold(in SexpCall call, SexpValue start, ReadOnlySpan<SexpValue> numbers, SexpBinary operation)
    {
        SexpValue result = call.Number(start);
        call.Step(numbers.Length);
        foreach (SexpValue number in numbers)
            result = operation(call, result, number);
        return result;
    }

    private static bool AreExact(in SexpCall call, SexpValue a, SexpValue b) => !call.Number(a).IsInexact & !call.Number(b).IsInexact;

    private static SexpValue Fit(in SexpCall call, bool fits, ExactNumber number) =>
        fits ? SexpValue.Exact(number.Mantissa, number.Scale) : throw call.Overflow();
}
