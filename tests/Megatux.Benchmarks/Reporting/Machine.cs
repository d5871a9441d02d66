using System.Globalization;
using System.Runtime.InteropServices;

namespace Megatux.Benchmarks;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    private const double KibibytesInGibibyte = 1 << 20;
    private const long BytesInKibibyte = 1 << 10;

    internal static string Describe() => string.Create(CultureInfo.InvariantCulture,
        $"machine: {Environment.ProcessorCount} cores, {MemoryGib():0.#} GiB, Linux {Word("/proc/sys/kernel/osrelease", 0)}, {RuntimeInformation.FrameworkDescription}, load average {Load()}");

    /// <summary>Bytes of memory that programs could still have.</summary>
    internal static long AvailableBytes() => BytesInKibibyte * long.Parse(
        File.ReadLines("/proc/meminfo").First(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);

    /// <summary>Load averages of the last 1, 5 and 15 minutes: above the number of cores, figures tell little.</summary>
    private static string Load() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3));

    // proc(5): "MemTotal:       24684040 kB" is the first line.
    private static double MemoryGib() => double.Parse(Word("/proc/meminfo", 1), CultureInfo.InvariantCulture) / KibibytesInGibibyte;

    private static string Word(string file, int index) =>
        File.ReadAllText(file).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[index];
}
