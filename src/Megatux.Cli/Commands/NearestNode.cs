using System.Globalization;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>The node that somebody may have meant by a name that is nobody's. Found by ranges and ranks, not by trying names.</summary>
internal static class NearestNode
{
    private const int MostDigits = 9;

    /// <summary>Name of the nearest node.</summary>
    public static string To(Experiment experiment, string name)
    {
        int dot = name.IndexOf('.');
        if (experiment.VmsPerHost == 0 || dot < 0 || !name.StartsWith("vm", StringComparison.Ordinal)
            || !long.TryParse(name.AsSpan(2, dot - 2), NumberStyles.None, CultureInfo.InvariantCulture, out long guest))
            return Host(experiment, name);
        string host = name[(dot + 1)..];
        long rank = experiment.Hosts.RankOf(experiment.Hosts.Contains(host) ? host : Host(experiment, host));
        return experiment.GuestName(rank, (int)Math.Min(guest, experiment.VmsPerHost - 1));
    }

    // Of the hosts that differ from the name in its last number only, the one with the nearest number; else the first host.
    private static string Host(Experiment experiment, string name)
    {
        int end = name.Length;
        while (end > 0 && !char.IsAsciiDigit(name[end - 1]))
            end--;
        int start = end;
        while (start > 0 && char.IsAsciiDigit(name[start - 1]))
            start--;
        for (int width = 1; width <= MostDigits && start < end; width++)
        {
            // Width 1 stands for numbers without padding.
            string range = width == 1 ? $"[0-{new string('9', MostDigits)}]" : $"[{new string('0', width)}-{new string('9', width)}]";
            if (NodeSet.TryParse(name[..start] + range + name[end..], out NodeSet alike, out _)
                && alike.Intersect(experiment.Hosts) is { IsEmpty: false } near)
                return Nearest(near, start, name.Length - end, name.AsSpan(start, end - start));
        }

        return experiment.HostName(0);
    }

    private static string Nearest(NodeSet hosts, int prefix, int suffix, ReadOnlySpan<char> digits)
    {
        long wanted = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : long.MaxValue;
        long low = 0;
        long high = hosts.Count - 1;
        while (low < high)
        {
            long middle = low + (high - low) / 2;
            if (NumberOf(hosts.NodeAt(middle)) < wanted)
                low = middle + 1;
            else
                high = middle;
        }

        // The first that is not below the number, unless the one before it is nearer.
        string above = hosts.NodeAt(low);
        string below = hosts.NodeAt(Math.Max(low - 1, 0));
        return wanted - NumberOf(below) < Math.Abs(NumberOf(above) - wanted) ? below : above;

        long NumberOf(string host) => long.Parse(host.AsSpan(prefix, host.Length - prefix - suffix), NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
