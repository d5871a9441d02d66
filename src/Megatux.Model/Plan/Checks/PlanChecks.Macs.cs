namespace Megatux.Model;

// Ethernet addresses keep only the low bits of an IP address. With a prefix of one or two octets those are all of them;
// with a longer one, two addresses a period (2^bits) apart become one. Which are in use is known by ranges, so whether
// that happens is reckoned, not tried.
internal static partial class PlanChecks
{
    private static void MacsCollide(Experiment experiment, ICollection<Problem> problems)
    {
        if (experiment.MacPrefix.FreeBits >= IPv4Network.AddressBits)
            return;
        if (experiment.Equations.Any(equation => equation.Function != NodeEquationNames.HostMac))
        {
            problems.Add(new Problem(ErrorCodes.MacCollision,
                $"machines could have one Ethernet address: {ExperimentProperties.MacPrefix} {experiment.MacPrefix} leaves {experiment.MacPrefix.FreeBits} bits for one, "
                + $"and addresses are an equation's; use one of two octets, such as {ExperimentDefaults.MacPrefix}.",
                ExperimentProperties.MacPrefix));
            return;
        }

        if (!TryGetGuestSpace(experiment, out _))
            return;
        if (FindTwins(experiment, 1L << experiment.MacPrefix.FreeBits) is not { } twins)
            return;
        problems.Add(new Problem(ErrorCodes.MacCollision,
            $"{twins.One} and {twins.Other} would both have the Ethernet address {experiment.MacOf(twins.One)}: {ExperimentProperties.MacPrefix} {experiment.MacPrefix} "
            + $"leaves {experiment.MacPrefix.FreeBits} bits for a machine; use one of two octets, such as {ExperimentDefaults.MacPrefix}.",
            ExperimentProperties.MacPrefix));
    }

    private static (IPv4Address One, IPv4Address Other)? FindTwins(Experiment experiment, long period)
    {
        long hosts = experiment.HostCount;
        long size = experiment.GuestNetworkSize;
        if (hosts > period)
            return (experiment.HostAddress(0), experiment.HostAddress(period));

        // In use in each guest network: the bridge and the guests, side by side from the bridge on.
        IPv4Address bridge = experiment.BridgeAddress(0);
        if (experiment.VmsPerHost >= period)
            return (bridge, bridge.Plus(period));

        // Sizes and periods are powers of two: the bridge that many networks on has the same low bits.
        long networksPerPeriod = Math.Max(period / size, 1);
        if (hosts > networksPerPeriod)
            return (bridge, experiment.BridgeAddress(networksPerPeriod));
        return FindHostTwin(experiment, period);
    }

    // Guest networks are now known to be apart in one period. Seen from their start, the hosts are one run, or two
    // where it wraps around the period; the run meets a used address or it does not.
    private static (IPv4Address One, IPv4Address Other)? FindHostTwin(Experiment experiment, long period)
    {
        long start = ((long)experiment.FirstHostAddress.Value - experiment.GuestNetworkBase.Value) & (period - 1);
        long end = start + experiment.HostCount;
        long met = FirstUsed(experiment, start, Math.Min(end, period));
        if (met < 0 && end > period && FirstUsed(experiment, 0, end - period) is >= 0 and var wrapped)
            met = wrapped;
        if (met < 0)
            return null;
        long host = (met - start) & (period - 1);
        return (experiment.HostAddress(host), experiment.GuestNetworkBase.Plus(met));
    }

    /// <summary>The first bridge's or guest's place (from the start of the guest networks) in a run; -1 if there is none.</summary>
    private static long FirstUsed(Experiment experiment, long start, long end)
    {
        long size = experiment.GuestNetworkSize;
        long inNetwork = start % size;
        long network = start - inNetwork;
        long used = inNetwork < Experiment.BridgeOffset ? network + Experiment.BridgeOffset
            : inNetwork <= Experiment.BridgeOffset + (long)experiment.VmsPerHost ? start
            : network + size + Experiment.BridgeOffset;
        return used < end && used / size < experiment.HostCount ? used : -1;
    }
}
