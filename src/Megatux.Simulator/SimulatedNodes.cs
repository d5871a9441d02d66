using System.Globalization;
using Megatux.Model;

namespace Megatux.Simulator;

/// <summary>The hosts and guests of a simulation, by ranges.</summary>
public sealed class SimulatedNodes
{
    /// <summary>The most guests that a host may have.</summary>
    public const int MostGuests = (1 << 20) - 2;

    private SimulatedNodes(NodeSet hosts, NodeSet guests, int guestsPerHost) =>
        (Hosts, Guests, GuestsPerHost, HostCount, All) = (hosts, guests, guestsPerHost, hosts.Count, hosts.Union(guests));

    /// <summary>The nodes of an experiment.</summary>
    public static SimulatedNodes Of(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return new SimulatedNodes(experiment.Hosts, experiment.Guests, experiment.VmsPerHost);
    }

    /// <summary>So many hosts, h0 and on, with so many guests each.</summary>
    public static SimulatedNodes Of(long hosts, int guestsPerHost)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hosts, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(guestsPerHost);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(guestsPerHost, MostGuests);
        string names = string.Create(CultureInfo.InvariantCulture, $"h[0-{hosts - 1}]");
        NodeSet guests = guestsPerHost == 0 ? NodeSet.Empty : NodeSet.Parse(GuestsText(guestsPerHost, names));
        return new SimulatedNodes(NodeSet.Parse(names), guests, guestsPerHost);
    }

    /// <summary>The hosts.</summary>
    public NodeSet Hosts { get; }

    /// <summary>The guests.</summary>
    public NodeSet Guests { get; }

    /// <summary>How many guests each host has.</summary>
    public int GuestsPerHost { get; }

    /// <summary>How many hosts there are.</summary>
    public long HostCount { get; }

    /// <summary>How many hosts and guests there are.</summary>
    public long Count => HostCount * (1 + GuestsPerHost);

    /// <summary>The hosts and the guests.</summary>
    public NodeSet All { get; }

    internal NodeSet GuestsOf(string host) => GuestsPerHost == 0 ? NodeSet.Empty : NodeSet.Parse(GuestsText(GuestsPerHost, host));

    private static string GuestsText(int count, string hosts) => string.Create(CultureInfo.InvariantCulture, $"vm[0-{count - 1}].{hosts}");
}
