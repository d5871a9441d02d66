using Megatux.Model;

namespace Megatux.Names;

/// <summary>
/// Names of nodes, with and without the experiment's domain behind them. The bare ones are the root zone of a name space
/// of the experiment's own, of which this service knows only what looks like a host: laptop0, and laptop7 that is not there.
/// </summary>
internal sealed class ForwardZones
{
    /// <summary>The domain above all experiments' domains.</summary>
    public const string Parent = "megatux";

    private readonly NodeNames _names;
    private readonly string _suffix;

    public ForwardZones(Experiment experiment, NodeNames names)
    {
        _names = names;
        Domain = DomainOf(experiment);
        _suffix = $".{Domain}";
    }

    /// <summary>The experiment's domain, in small letters, without a dot at its end.</summary>
    public string Domain { get; }

    /// <summary>The domain of an experiment: its name (of which dots that would leave a label empty do not count) under megatux.</summary>
    public static string DomainOf(Experiment experiment)
    {
        string[] labels = experiment.Name.ToLowerInvariant().Split('.', StringSplitOptions.RemoveEmptyEntries);
        return $"{string.Join('.', labels)}.{Parent}";
    }

    /// <summary>Finds a name in small letters.</summary>
    public Finding Find(ReadOnlySpan<char> name)
    {
        if (name.EndsWith(_suffix, StringComparison.Ordinal))
            return FindNode(ZoneKind.Domain, name.Length - Domain.Length, name[..^_suffix.Length]);
        if (name.SequenceEqual(Domain))
            return new Finding(ZoneKind.Domain, 0, Existence.Bare);
        if (name.IsEmpty || _suffix.AsSpan().EndsWith(name, StringComparison.Ordinal) && _suffix[^(name.Length + 1)] == '.')
            return new Finding(ZoneKind.Root, name.Length, Existence.Bare);
        return _names.LooksLikeTopOfHost(name[(name.LastIndexOf('.') + 1)..])
            ? FindNode(ZoneKind.Root, name.Length, name)
            : new Finding(ZoneKind.None);
    }

    private Finding FindNode(ZoneKind zone, int apex, ReadOnlySpan<char> name) =>
        _names.TryFind(name, out long host, out int guest) ? new Finding(zone, apex, Existence.Node, host, guest)
        : new Finding(zone, apex, _names.IsAboveHosts(name) ? Existence.Bare : Existence.Missing);
}
