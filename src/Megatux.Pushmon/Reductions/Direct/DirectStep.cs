namespace Megatux.Pushmon;

/// <summary>What a step does.</summary>
internal enum DirectOperation : byte
{
    Add,
    Subtract,
    Multiply,
    Less,
    Greater,
    Equal,
    AtMost,
    AtLeast,
    And,
    Or,
    If,
}

/// <summary>
/// A step of a direct program: it makes a value of others. All steps are taken one after the other, whatever comes of them: none has an
/// effect but its value, so that what <c>if</c> does not choose is only not looked at.
/// </summary>
/// <param name="Operation">What it does.</param>
/// <param name="First">The place of the first value.</param>
/// <param name="Second">The place of the second one.</param>
/// <param name="Third">The place of the third one, of <c>if</c>.</param>
/// <param name="Result">Where its value goes.</param>
internal readonly record struct DirectStep(DirectOperation Operation, int First, int Second, int Third, int Result)
{
    private const int MostScale = 18;

    /// <summary>The operation on two numbers, or of any values, that has a name; null for any other name.</summary>
    internal static DirectOperation? Named(string name) => name switch
    {
        "+" => DirectOperation.Add,
        "-" => DirectOperation.Subtract,
        "*" => DirectOperation.Multiply,
        "<" => DirectOperation.Less,
        ">" => DirectOperation.Greater,
        "=" => DirectOperation.Equal,
        "<=" => DirectOperation.AtMost,
        ">=" => DirectOperation.AtLeast,
        "and" => DirectOperation.And,
        "or" => DirectOperation.Or,
        "if" => DirectOperation.If,
        _ => null,
    };

    internal void Take(DirectValue[] values)
    {
        ref DirectValue first = ref values[First], second = ref values[Second];
        values[Result] = Operation switch
        {
            DirectOperation.And => first.Kind is DirectKind.Other or DirectKind.False ? first : second,
            DirectOperation.Or => first.IsTrue ? first : second,
            DirectOperation.If => first.Kind == DirectKind.Other ? first : first.IsTrue ? second : values[Third],
            _ when first.Kind != DirectKind.Number || second.Kind != DirectKind.Number => DirectValue.Other,
            _ when first.Extent == second.Extent && IsSmall(first.Bits) && IsSmall(second.Bits) => Small(first.Bits, second.Bits, first.Extent),
            _ => Large(first, second),
        };
    }

    // Nothing but products of two of them can need more than 64 bits.
    private static bool IsSmall(long number) => number is > -(1L << 61) and < 1L << 61;

    private DirectValue Small(long left, long right, int scale) => Operation switch
    {
        DirectOperation.Add => new DirectValue(left + right, scale, DirectKind.Number),
        DirectOperation.Subtract => new DirectValue(left - right, scale, DirectKind.Number),
        DirectOperation.Multiply => 2 * scale <= MostScale ? Fit((Int128)left * right, 2 * scale) : DirectValue.Other,
        _ => DirectValue.Of(Holds(left.CompareTo(right))),
    };

    private DirectValue Large(DirectValue first, DirectValue second)
    {
        if (Operation == DirectOperation.Multiply)
            return first.Extent + second.Extent <= MostScale ? Fit((Int128)first.Bits * second.Bits, first.Extent + second.Extent) : DirectValue.Other;
        int scale = Math.Max(first.Extent, second.Extent);
        Int128 left = first.Bits, right = second.Bits;
        if (!DecimalText.TryWiden(ref left, scale - first.Extent) || !DecimalText.TryWiden(ref right, scale - second.Extent))
            return DirectValue.Other;
        return Operation switch
        {
            DirectOperation.Add => Fit(left + right, scale),
            DirectOperation.Subtract => Fit(left - right, scale),
            _ => DirectValue.Of(Holds(left.CompareTo(right))),
        };
    }

    private bool Holds(int order) => Operation switch
    {
        DirectOperation.Less => order < 0,
        DirectOperation.Greater => order > 0,
        DirectOperation.AtMost => order <= 0,
        DirectOperation.AtLeast => order >= 0,
        _ => order == 0,
    };

    private static DirectValue Fit(Int128 mantissa, int scale) =>
        mantissa >= long.MinValue && mantissa <= long.MaxValue ? new DirectValue((long)mantissa, scale, DirectKind.Number) : DirectValue.Other;
}
