namespace Megatux.Model;

/// <summary>
/// Arguments that tell much of an equation, however many it has: all of few; else the first and the last, those around
/// powers of two, and pairs of neighbours drawn from a fixed seed, so that everybody looks at the same.
/// </summary>
internal static class EquationSamples
{
    /// <summary>How many are looked at when an experiment is built.</summary>
    internal const int Many = 4096;

    /// <summary>How many are looked at when a manifest is read, which was checked when it was built.</summary>
    internal const int Few = 128;

    // SplitMix64 (Steele, Lea and Flood 2014).
    private const ulong Step = 0x9E3779B97F4A7C15, First = 0xBF58476D1CE4E5B9, Second = 0x94D049BB133111EB;

    /// <summary>Arguments from 0 to count-1, each once, the lowest first.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="most">How many are wanted at most.</param>
    /// <param name="edges">Arguments that are worth a look with those before them; an eighth of what is wanted is taken at most.</param>
    internal static long[] Of(long count, int most, IEnumerable<long>? edges = null)
    {
        // Plain arrays: this is part of every agent, and sets of numbers take more of its file than all equations.
        long[] samples = new long[Math.Min(count, most)];
        int taken = 0;
        if (count <= most)
        {
            while (taken < samples.Length)
                samples[taken] = taken++;
            return samples;
        }

        void Add(long argument)
        {
            if (argument >= 0 && argument < count && taken < most)
                samples[taken++] = argument;
        }

        for (long at = 0; at < most / 8; at++)
        {
            Add(at);
            Add(count - 1 - at);
        }

        for (long power = 1; power < count && taken < most / 2; power *= 2)
            for (long near = -1; near <= 1; near++)
                Add(power + near);
        foreach (long edge in (edges ?? []).Take(most / 8))
        {
            Add(edge - 1);
            Add(edge);
        }

        for (ulong state = Step; taken < most; state += Step)
        {
            ulong mixed = (state ^ (state >> 30)) * First;
            mixed = (mixed ^ (mixed >> 27)) * Second;
            long drawn = (long)((mixed ^ (mixed >> 31)) % (ulong)count);
            Add(drawn);
            Add(drawn + 1);
        }

        Array.Sort(samples);
        int distinct = 1;
        foreach (long sample in samples)
            if (sample != samples[distinct - 1])
                samples[distinct++] = sample;
        return samples[..distinct];
    }
}
