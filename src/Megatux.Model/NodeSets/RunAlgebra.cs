namespace Megatux.Model;

/// <summary>What two arithmetic progressions have in common, and what is left of one without that.</summary>
internal static class RunAlgebra
{
    /// <summary>
    /// Members of both runs: again a run, whose step is the least common multiple of theirs and whose start the Chinese
    /// remainder theorem gives.
    /// </summary>
    public static Run Intersect(Run a, Run b)
    {
        if (a.Count == 0 || b.Count == 0)
            return Run.None;
        long low = Math.Max(a.First, b.First);
        long high = Math.Min(a.Last, b.Last);
        if (low > high)
            return Run.None;
        if (a.Step == 1 && a.Count > 1 || a == b)
            return b.Within(low, high);
        if (b.Step == 1 && b.Count > 1)
            return a.Within(low, high);
        if (a.Count == 1)
            return b.Contains(a.First) ? a : Run.None;
        if (b.Count == 1)
            return a.Contains(b.First) ? b : Run.None;

        long divisor = Divisor(a.Step, b.Step);
        long distance = b.First - a.First;
        if (distance % divisor != 0)
            return Run.None;

        // 128 bits suffice: steps have 18 digits at most, and so products of two have 36.
        long modulus = b.Step / divisor;
        Int128 turns = Modulo(distance / divisor, modulus) * (Int128)Inverse(a.Step / divisor % modulus, modulus) % modulus;
        Int128 period = (Int128)a.Step * modulus;
        Int128 meeting = a.First + a.Step * turns;
        meeting += CeilingDivide(low - meeting, period) * period;
        if (meeting > high)
            return Run.None;
        Int128 count = (high - meeting) / period + 1;
        return new Run((long)meeting, count == 1 ? 1 : (long)period, (long)count);
    }

    /// <summary>Members of <paramref name="run"/> that <paramref name="part"/>, all of which it has, lacks; ascending.</summary>
    public static IEnumerable<Run> Without(Run run, Run part)
    {
        if (part.Count == 0)
        {
            if (run.Count > 0)
                yield return run;
            yield break;
        }

        if (run.Below(part.First) is { Count: > 0 } before)
            yield return before;
        long ratio = part.Step / run.Step;
        if (part.Count > 1 && ratio == 2)
        {
            yield return new Run(part.First + run.Step, part.Count == 2 ? 1 : part.Step, part.Count - 1);
        }
        else if (part.Count > 1 && ratio > 2)
        {
            if (part.Count > NodeSetLimits.Pieces)
                throw NodeSetLimits.TooManyPieces();
            for (long i = 0; i < part.Count - 1; i++)
                yield return new Run(part.First + i * part.Step + run.Step, run.Step, ratio - 1);
        }

        if (run.From(part.Last + 1) is { Count: > 0 } after)
            yield return after;
    }

    private static long Divisor(long a, long b)
    {
        while (b > 0)
            (a, b) = (b, a % b);
        return a;
    }

    private static long Modulo(long value, long modulus) => (value % modulus + modulus) % modulus;

    private static Int128 CeilingDivide(Int128 value, Int128 divisor) =>
        value >= 0 ? (value + divisor - 1) / divisor : -(-value / divisor);

    /// <summary>The number whose product with <paramref name="value"/> is 1 modulo a coprime modulus (extended Euclid).</summary>
    private static long Inverse(long value, long modulus)
    {
        (long previous, long current) = (0, 1);
        (long dividend, long divisor) = (modulus, value);
        while (divisor > 1)
        {
            (long quotient, long remainder) = Math.DivRem(dividend, divisor);
            (previous, current) = (current, previous - quotient * current);
            (dividend, divisor) = (divisor, remainder);
        }

        return modulus == 1 ? 0 : Modulo(current, modulus);
    }
}
