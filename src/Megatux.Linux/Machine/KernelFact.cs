using System.Globalization;

namespace Megatux.Linux;

/// <summary>Lines in which the kernel says how much of something there is, as in proc_meminfo(5): "MemFree:        15632 kB".</summary>
public static class KernelFact
{
    private const string Unit = " kB";

    /// <summary>Reads such a line of this machine's own kernel.</summary>
    /// <param name="line">The line.</param>
    /// <param name="name">What to read, with its colon.</param>
    /// <returns>KiB, from 0; null for a line about something else.</returns>
    /// <exception cref="FormatException">The line is about it, and says no amount.</exception>
    public static long? TryReadKibibytes(ReadOnlySpan<char> line, ReadOnlySpan<char> name)
    {
        if (!line.StartsWith(name, StringComparison.Ordinal))
            return null;
        return line.EndsWith(Unit, StringComparison.Ordinal) && long.TryParse(line[name.Length..^Unit.Length].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long amount)
            ? amount
            : throw new FormatException($"'{line}' says no amount: expected '{name} 15632{Unit}'.");
    }
}
