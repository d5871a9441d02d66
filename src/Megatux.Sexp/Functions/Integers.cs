namespace Megatux.Sexp;

/// <summary>Division with a rest, and bits: what the equations of nodes are made of.</summary>
internal static class Integers
{
    private const int Bits = 64;

    internal static SexpPrimitive[] Functions { get; } =
    [
        new("quotient", static (in call, a, b) => Divide(call, a, b, static (a, b) => a / b)),
        new("remainder", static (in call, a, b) => Divide(call, a, b, static (a, b) => b == -1 ? 0 : a % b)),
        new("modulo", static (in call, a, b) => Divide(call, a, b, static (a, b) => b == -1 ? 0 : a % b is var rest && rest != 0 && (rest ^ b) < 0 ? rest + b : rest)),
        new("bit-and", 0, SexpPrimitive.Unbounded, static (in call, numbers) => Fold(call, -1, numbers, static (a, b) => a & b)),
        new("bit-or", 0, SexpPrimitive.Unbounded, static (in call, numbers) => Fold(call, 0, numbers, static (a, b) => a | b)),
        new("bit-xor", 0, SexpPrimitive.Unbounded, static (in call, numbers) => Fold(call, 0, numbers, static (a, b) => a ^ b)),
        new("bit-not", static (in call, a) => ~call.Integer(a)),
        new("shift-left", ShiftLeft),
        new("shift-right", static (in call, a, b) => call.Integer(a) >> Math.Min(call.Index(b, int.MaxValue), Bits - 1)),
    ];

    private static SexpValue Divide(in SexpCall call, SexpValue a, SexpValue b, Func<long, long, long> operation)
    {
        (long left, long right) = (call.Integer(a), call.Integer(b));
        return right == 0 ? throw call.Fault($"{call.Name} divides by zero")
            : left == long.MinValue && right == -1 && call.Name == "quotient" ? throw call.Overflow()
            : operation(left, right);
    }

    private static SexpValue ShiftLeft(in SexpCall call, SexpValue a, SexpValue b)
    {
        long value = call.Integer(a);
        int count = call.Index(b, int.MaxValue);
        if (value == 0)
            return 0;
        long shifted = count < Bits ? value << count : 0;
        return count < Bits && shifted >> count == value ? shifted : throw call.Overflow();
    }

    private static SexpValue Fold(in SexpCall call, long start, ReadOnlySpan<SexpValue> numbers, Func<long, long, long> operation)
    {
        call.Step(numbers.Length);
        foreach (SexpValue number in numbers)
            start = operation(start, call.Integer(number));
        return start;
    }
}
