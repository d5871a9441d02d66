using System.Globalization;

namespace Megatux.Linux;

/// <summary>What this process may, as root or in its place (capabilities(7)).</summary>
public static class OwnCapabilities
{
    /// <summary>To mount, for one (include/uapi/linux/capability.h).</summary>
    public const int SystemAdministration = 21;

    private const string Permitted = "CapPrm:";

    /// <summary>
    /// All that children which are started from now on may; null for all that this process may. For a process that runs what others
    /// have written: none of its ways to start something can forget it.
    /// </summary>
    public static IReadOnlySet<int>? OfChildren { get; private set; }

    /// <summary>Keeps a capability to itself: children that are started from now on have not got it.</summary>
    public static void Withhold(int capability)
    {
        var rest = new HashSet<int>();
        ulong permitted = Read();
        for (int bit = 0; bit < 64; bit++)
            if (bit != capability && (permitted & (1UL << bit)) != 0 && OfChildren?.Contains(bit) is not false)
                rest.Add(bit);
        OfChildren = rest;
    }

    private static ulong Read()
    {
        foreach (string line in File.ReadLines("/proc/self/status"))
            if (line.StartsWith(Permitted, StringComparison.Ordinal))
                return ulong.Parse(line.AsSpan(Permitted.Length).Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        throw new InvalidDataException("/proc/self/status has no " + Permitted);
    }
}
