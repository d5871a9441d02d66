namespace Megatux.Pushmon;

/// <summary>An expression over fields of a sample that needs no machine. What it cannot say for certain is left to that one.</summary>
internal abstract class DirectExpression
{
    internal abstract DirectValue Evaluate(DirectValue[] fields);
}

/// <summary><c>(get s 'load 'one)</c></summary>
internal sealed class DirectField(int slot) : DirectExpression
{
    internal int Slot => slot;

    internal override DirectValue Evaluate(DirectValue[] fields) => fields[slot];
}

/// <summary>A number or truth value.</summary>
internal sealed class DirectConstant(DirectValue value) : DirectExpression
{
    internal override DirectValue Evaluate(DirectValue[] fields) => value;
}

/// <summary><c>and</c> and <c>or</c></summary>
internal sealed class DirectChain(DirectExpression[] parts, bool isAnd) : DirectExpression
{
    internal override DirectValue Evaluate(DirectValue[] fields)
    {
        DirectValue value = DirectValue.Of(isAnd);
        foreach (DirectExpression part in parts)
        {
            value = part.Evaluate(fields);
            if (value.Kind == DirectKind.Other || value.IsTrue != isAnd)
                return value;
        }

        return value;
    }
}

/// <summary><c>if</c></summary>
internal sealed class DirectChoice(DirectExpression test, DirectExpression then, DirectExpression otherwise) : DirectExpression
{
    internal override DirectValue Evaluate(DirectValue[] fields)
    {
        DirectValue value = test.Evaluate(fields);
        return value.Kind == DirectKind.Other ? value : value.IsTrue ? then.Evaluate(fields) : otherwise.Evaluate(fields);
    }
}

/// <summary>Arithmetic on, and comparison of, two numbers.</summary>
internal sealed class DirectOperation(char operation, DirectExpression first, DirectExpression second) : DirectExpression
{
    private const int MostScale = 18;

    internal static bool TryParse(string name, out char operation)
    {
        // One letter each: <= is L and >= is G.
        operation = name switch { "+" or "-" or "*" or "<" or ">" or "=" => name[0], "<=" => 'L', ">=" => 'G', _ => '\0' };
        return operation != '\0';
    }

    internal override DirectValue Evaluate(DirectValue[] fields)
    {
        DirectValue a = first.Evaluate(fields), b = second.Evaluate(fields);
        if (a.Kind != DirectKind.Number || b.Kind != DirectKind.Number)
            return DirectValue.Other;
        if (a.Extent == b.Extent && IsSmall(a.Bits) && IsSmall(b.Bits))
            return Small(a.Bits, b.Bits, a.Extent);
        if (operation == '*')
            return a.Extent + b.Extent <= MostScale ? Fit((Int128)a.Bits * b.Bits, a.Extent + b.Extent) : DirectValue.Other;
        int scale = Math.Max(a.Extent, b.Extent);
        Int128 left = a.Bits, right = b.Bits;
        if (!DecimalText.TryWiden(ref left, scale - a.Extent) || !DecimalText.TryWiden(ref right, scale - b.Extent))
            return DirectValue.Other;
        return operation switch
        {
            '+' => Fit(left + right, scale),
            '-' => Fit(left - right, scale),
            '<' => DirectValue.Of(left < right),
            '>' => DirectValue.Of(left > right),
            'L' => DirectValue.Of(left <= right),
            'G' => DirectValue.Of(left >= right),
            _ => DirectValue.Of(left == right),
        };
    }

    // Nothing but products of two of them can need more than 64 bits.
    private static bool IsSmall(long number) => number is > -(1L << 61) and < 1L << 61;

    private DirectValue Small(long left, long right, int scale) => operation switch
    {
        '+' => new DirectValue(left + right, scale, DirectKind.Number),
        '-' => new DirectValue(left - right, scale, DirectKind.Number),
        '*' => 2 * scale <= MostScale ? Fit((Int128)left * right, 2 * scale) : DirectValue.Other,
        '<' => DirectValue.Of(left < right),
        '>' => DirectValue.Of(left > right),
        'L' => DirectValue.Of(left <= right),
        'G' => DirectValue.Of(left >= right),
        _ => DirectValue.Of(left == right),
    };

    private static DirectValue Fit(Int128 mantissa, int scale) =>
        mantissa >= long.MinValue && mantissa <= long.MaxValue ? new DirectValue((long)mantissa, scale, DirectKind.Number) : DirectValue.Other;
}
