using Megatux.Model;
using Megatux.Tree;

namespace Megatux.Simulator;

/// <summary>All that there is in a run.</summary>
internal sealed class World
{
    private readonly Random _seeds;
    private readonly VirtualHost[] _hosts;
    private readonly Absences _absences;

    internal World(SimulationOptions options)
    {
        Options = options;
        var seeds = new Random(options.Seed);
        (Random, _seeds) = (new Random(seeds.Next()), new Random(seeds.Next()));
        Network = new VirtualNetwork(this, new Random(seeds.Next()));
        Programs = options.HasPrograms && !options.IsLarge ? new ProgramBook(this, new Random(seeds.Next())) : null;
        Jobs = new JobBook(this);
        Root = new VirtualRoot(this);
        _hosts = new VirtualHost[options.Nodes.HostCount];
        for (long rank = 0; rank < _hosts.Length; rank++)
            _hosts[rank] = new VirtualHost(this, rank);
        Monitoring = options.HasMonitoring && !options.IsLarge ? new MonitorBook(this, new Random(seeds.Next())) : null;
        _absences = new Absences(this);
    }

    internal SimulationOptions Options { get; }

    internal VirtualClock Clock { get; } = new();

    internal Random Random { get; }

    internal VirtualNetwork Network { get; }

    internal JobBook Jobs { get; }

    /// <summary>Null where no programs travel.</summary>
    internal ProgramBook? Programs { get; }

    /// <summary>Null where nodes say nothing of themselves.</summary>
    internal MonitorBook? Monitoring { get; }

    internal VirtualRoot Root { get; }

    internal IReadOnlyList<VirtualHost> Hosts => _hosts;

    /// <summary>How many nodes are up, whoever knows.</summary>
    internal long UpCount { get; set; }

    /// <summary>All that happened, as a number: the same for the same seed.</summary>
    internal ulong Digest { get; private set; } = 14695981039346656037;

    /// <summary>The daemons that run, the root's first.</summary>
    internal IEnumerable<VirtualDaemon> Daemons
    {
        get
        {
            if (Root.Daemon is { } root)
                yield return root;
            foreach (VirtualHost host in _hosts)
                if (host.Daemon is { } daemon)
                    yield return daemon;
        }
    }

    internal int NextSeed() => _seeds.Next();

    internal VirtualDaemon? DaemonOf(long rank) => rank == TreeDaemon.Root ? Root.Daemon : _hosts[rank].Daemon;

    internal bool IsHostUp(long rank) => rank == TreeDaemon.Root || _hosts[rank].IsUp;

    internal LeafSlot FindSlot(string name)
    {
        (long rank, int place) = PlaceOf(name);
        return _hosts[rank].Slots[place];
    }

    /// <summary>A node's number: guests count from 0, host after host, and hosts behind them.</summary>
    internal long NumberOf(string name)
    {
        (long rank, int place) = PlaceOf(name);
        return _hosts[rank].NumberOf(place);
    }

    /// <summary>Those that are up, whoever knows.</summary>
    internal NodeSet Living() => UpCount == Options.Nodes.Count ? Options.Nodes.All : NodeSet.UnionOf(_hosts.Select(host => host.Living()));

    internal void LookForAbsent() => _absences.Look();

    /// <summary>Whether a node that was up when a job was started ended since, or was not to be reached for as long as makes it lost.</summary>
    internal bool WasAway(string name, int incarnation)
    {
        LeafSlot slot = FindSlot(name);
        return slot.State != LeafState.Up || slot.Incarnation != incarnation || _absences.WasLong(name);
    }

    private (long Rank, int Place) PlaceOf(string name)
    {
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        long rank = Options.Nodes.Hosts.RankOf(name);
        return rank >= 0 ? (rank, 0) : (Options.Nodes.Hosts.RankOf(name[(dot + 1)..]), 1 + int.Parse(name.AsSpan(2, dot - 2), System.Globalization.CultureInfo.InvariantCulture));
    }

    private string NameOf(long rank) => rank == TreeDaemon.Root ? "root" : _hosts[rank].Name;

    internal InvariantViolatedException Violation(string expected, string found) => new(Options, Clock.Now, expected, found);

    internal void Trace(long to, long from, long link, TreeMessage message)
    {
        if (Options.Log is not null && message is not BeatMessage)
            Log(() => $"{NameOf(to)} takes {message} from {(link >= VirtualDaemon.FirstLeafLink ? "a node of its" : NameOf(from))} by {link}");

        // Not the type's hash, which is another in each process.
        string name = message.GetType().Name;
        Trace((ulong)to, (ulong)from, (ulong)link ^ ((ulong)name.Length << 32) ^ name[0]);
    }

    /// <summary>Writes to the log, if there is one.</summary>
    internal void Log(Func<string> text) =>
        Options.Log?.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Clock.Now.TotalSeconds:0.000000} {text()}"));

    internal void Trace(ulong one, ulong two, ulong three)
    {
        Mix((ulong)Clock.Now.Ticks);
        Mix(one);
        Mix(two);
        Mix(three);
    }

    private void Mix(ulong value)
    {
        Digest = (Digest ^ value) * 1099511628211;
        Digest ^= Digest >> 29;
    }
}
