using System.Text;
using Megatux.Model;
using Megatux.Tree;

namespace Megatux.Pushmon.Tests;

/// <summary>Hosts of some nodes each and a root, on a network that delivers after a moment, and a clock of its own.</summary>
internal sealed class PushNetwork
{
    /// <summary>The link of a host's first node; those of the others count down.</summary>
    internal const long FirstNode = -10;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1), Delay = TimeSpan.FromMilliseconds(5), Step = TimeSpan.FromMilliseconds(10);

    private readonly int _hosts, _nodes;
    private readonly PriorityQueue<Action, (TimeSpan, long)> _due = new();
    private readonly Dictionary<long, End> _ends = [];
    private readonly Dictionary<long, long> _peers = [], _ownerOf = [];
    private readonly Dictionary<long, TimeSpan> _delays = [];
    private readonly Random _random = new(5);
    private readonly int _longestDelayMs;
    private long _last, _order;

    /// <param name="hosts">How many hosts.</param>
    /// <param name="nodes">How many nodes each of them has.</param>
    /// <param name="longestDelayMs">Messages take up to so long; on one link, all the same.</param>
    internal PushNetwork(int hosts, int nodes, int longestDelayMs = 5)
    {
        (_hosts, _nodes, _longestDelayMs) = (hosts, nodes, longestDelayMs);
        Era = () => (long)Now.TotalMilliseconds;
        for (long rank = TreeDaemon.Root; rank < hosts; rank++)
            Start(rank);
    }

    internal TimeSpan Now { get; private set; }

    /// <summary>What the root was told last.</summary>
    internal PushMessage? Report { get; private set; }

    /// <summary>Is shown every report.</summary>
    internal Action<PushMessage> Watch { get; set; } = static _ => { };

    /// <summary>What a daemon that is started takes for its era.</summary>
    internal Func<long> Era { get; set; }

    internal MonitorDaemon this[long rank] => _ends[rank].Daemon;

    /// <summary>The name of a node of a host.</summary>
    internal static string NameOf(long rank, int node) => $"vm{node}.h{rank}";

    /// <summary>What nodes say; none when it is null.</summary>
    internal Func<long, int, string?> Say { get; set; } = static (_, _) => "((load 1.5 1 1))";

    /// <summary>A host's daemon dies, and all that it knew.</summary>
    internal void Kill(long rank)
    {
        foreach (long link in _ends[rank].Links.ToArray())
            Break(link);
        _ends.Remove(rank);
    }

    internal void Start(long rank)
    {
        var end = new End(this, rank);
        end.Daemon = new MonitorDaemon(rank, _hosts, Interval, end, rank == TreeDaemon.Root ? (push, _) => Watch(Report = push) : null, Now, Era());
        _ends[rank] = end;
        for (int node = 0; rank != TreeDaemon.Root && node < _nodes; node++)
            end.Daemon.LeafUp(FirstNode - node, NameOf(rank, node), (rank * _nodes) + node);
    }

    internal void Run(TimeSpan time)
    {
        for (TimeSpan until = Now + time; Now < until; Now += Step)
        {
            while (_due.TryPeek(out Action? due, out (TimeSpan At, long) first) && first.At <= Now)
            {
                _due.Dequeue();
                due();
            }

            bool isSecond = Now.Ticks % TimeSpan.TicksPerSecond == 0;
            foreach ((long rank, End end) in _ends.ToArray())
            {
                for (int node = 0; isSecond && rank != TreeDaemon.Root && node < _nodes; node++)
                    if (Say(rank, node) is { } said)
                        end.Daemon.ReceiveFromLeaf(FirstNode - node, new SampleMessage((uint)Now.TotalSeconds, Encoding.UTF8.GetBytes("((load 'G one five fifteen))"), Encoding.UTF8.GetBytes(said)), Now);
                end.Daemon.Tick(Now);
            }
        }
    }

    private void Later(Action work, long link) => _due.Enqueue(work, (Now + _delays.GetValueOrDefault(link, Delay), _order++));

    private long Connect(End from, long rank)
    {
        long link = ++_last;
        from.Links.Add(link);
        _ownerOf[link] = from.Rank;
        _delays[link] = TimeSpan.FromMilliseconds(_random.Next(5, _longestDelayMs + 1));
        Later(() =>
        {
            if (!from.Links.Contains(link))
                return;
            if (!_ends.TryGetValue(rank, out End? to))
            {
                Break(link);
                return;
            }

            long other = ++_last;
            to.Links.Add(other);
            _ownerOf[other] = rank;
            (_peers[link], _peers[other]) = (other, link);
            _delays[other] = _delays[link];
        }, link);
        return link;
    }

    private void Send(long link, TreeMessage message) => Later(() =>
    {
        // As it goes over a real link.
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        ushort type = PushCodec.Instance.Write(message, new PayloadWriter(bytes))!.Value;
        TreeMessage copy = PushCodec.Instance.Read(type, bytes.WrittenSpan)!;
        if (_peers.TryGetValue(link, out long peer) && _ends.TryGetValue(_ownerOf[peer], out End? to) && to.Links.Contains(peer))
            Assert.True(to.Daemon.Receive(peer, copy, Now));
    }, link);

    private void Break(long link)
    {
        long? peer = _peers.TryGetValue(link, out long other) ? other : null;
        foreach (long end in (long?[])[link, peer] is var ends ? ends.OfType<long>() : [])
            if (_ends.TryGetValue(_ownerOf[end], out End? owner) && owner.Links.Remove(end))
                Later(() => owner.Daemon.LinkClosed(end, Now), end);
    }

    private sealed class End(PushNetwork network, long rank) : ITreeEffects
    {
        internal long Rank => rank;

        internal MonitorDaemon Daemon { get; set; } = null!;

        internal HashSet<long> Links { get; } = [];

        public long Connect(long to) => network.Connect(this, to);

        public void Send(long link, TreeMessage message)
        {
            if (link >= 0)
                network.Send(link, message);
        }

        public void Close(long link)
        {
            Links.Remove(link);
            if (network._peers.TryGetValue(link, out long peer))
                network.Break(peer);
        }
    }
}
