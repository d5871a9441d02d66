using System.Buffers;
using System.Globalization;
using Megatux.Pushmon;
using Megatux.Tree;

namespace Megatux.Benchmarks;

/// <summary>
/// Monitoring alone, of as many hosts as there is memory for, while nothing goes wrong: the daemons' cores on a virtual clock and a network that
/// delivers after a moment. What nodes say comes from here, so that a node takes no more than its daemon keeps of it.
/// </summary>
internal sealed class PushFleet
{
    /// <summary>Nodes speak at this many moments of an interval.</summary>
    private const int Moments = 8;

    /// <summary>How many different things nodes say.</summary>
    private const int Texts = 512;

    /// <summary>For so long all find each other; and after that, for so long bytes are counted.</summary>
    private const int Settling = 7, Counted = 3;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1), Delay = TimeSpan.FromMicroseconds(200);
    private static readonly byte[][] Said = [.. Enumerable.Range(0, Texts).Select(ReduceRow.Sample)];
    private static readonly byte[] Schema = System.Text.Encoding.ASCII.GetBytes(ReduceRow.SchemaText);

    private readonly PriorityQueue<Action, (TimeSpan Time, long Order)> _events = new();
    private readonly List<Daemon> _owners = [];
    private readonly Daemon[] _daemons;
    private readonly Daemon _root;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly SampleMessage[] _samples = new SampleMessage[Texts];
    private readonly long _hosts;
    private readonly int _guests;
    private TimeSpan _now;
    private long _order;
    private bool _counts;

    private PushFleet(long hosts, int guests)
    {
        (_hosts, _guests) = (hosts, guests);
        _root = new Daemon(this, TreeDaemon.Root);
        _daemons = [.. Enumerable.Range(0, (int)hosts).Select(rank => new Daemon(this, rank))];
    }

    /// <summary>How many hosts and guests there are.</summary>
    private long Count => _hosts * (1 + _guests);

    /// <summary>Runs so many hosts with so many guests each.</summary>
    internal static PushLoad Run(long hosts, int guests) => new PushFleet(hosts, guests).Run();

    private PushLoad Run()
    {
        for (int round = 0; round < Settling + Counted; round++)
        {
            _counts = round >= Settling;
            for (int text = 0; text < Texts; text++)
                _samples[text] = new SampleMessage((uint)round, round == 0 ? Schema : default, Said[text]);
            for (int moment = 0; moment < Moments; moment++)
            {
                foreach (Daemon daemon in _daemons)
                    Speak(daemon, moment);
                RunTo(Interval * round + Interval * (moment + 1) / Moments);
            }
        }

        Daemon busiest = _daemons.Append(_root).MaxBy(daemon => daemon.Bytes)!;
        return new PushLoad(
            (double)_root.Pushes / Counted, (double)_root.PushBytes / Counted, (double)_root.Bytes / Counted, (double)busiest.Messages / Counted, (double)busiest.Bytes / Counted);
    }

    private void Speak(Daemon daemon, int moment)
    {
        for (int node = moment; node <= _guests; node += Moments)
            daemon.Core.ReceiveFromLeaf(-1 - node, _samples[(daemon.Rank * 31 + node) % Texts], _now);
    }

    private void RunTo(TimeSpan end)
    {
        while (_events.TryPeek(out Action? happens, out (TimeSpan Time, long) first) && first.Time <= end)
        {
            _events.Dequeue();
            _now = first.Time;
            happens();
        }

        _now = end;
    }

    private void At(TimeSpan time, Action happens) => _events.Enqueue(happens, (time, _order++));

    // What is too little or too much is no figure.
    private void Reported(PushMessage report)
    {
        if (_counts && report.Contributors != Count)
            throw new InvalidOperationException($"{report.Contributors} of {Count} nodes are in a report");
    }

    private int SizeOf(TreeMessage message)
    {
        const int header = 32;
        _buffer.ResetWrittenCount();
        PushCodec.Instance.Write(message, new PayloadWriter(_buffer));
        return header + _buffer.WrittenCount;
    }

    /// <summary>A host's daemon, or the root's. The ends of a link are numbers that follow each other, from an even one on.</summary>
    private sealed class Daemon : ITreeEffects
    {
        private readonly PushFleet _fleet;

        internal Daemon(PushFleet fleet, long rank)
        {
            (_fleet, Rank) = (fleet, rank);
            Core = new MonitorDaemon(rank, fleet._hosts, Interval, this, rank == TreeDaemon.Root ? (push, _) => fleet.Reported(push) : null, TimeSpan.Zero);
            for (int node = 0; rank != TreeDaemon.Root && node <= fleet._guests; node++)
            {
                bool isHost = node == fleet._guests;
                string name = isHost ? $"h{rank}" : string.Create(CultureInfo.InvariantCulture, $"vm{node}.h{rank}");
                Core.LeafUp(-1 - node, name, isHost ? fleet._hosts * fleet._guests + rank : rank * fleet._guests + node);
            }

            Wake();
        }

        internal long Rank { get; }

        internal MonitorDaemon Core { get; }

        /// <summary>Messages and bytes from and to other daemons, and those of pushes to it.</summary>
        internal long Messages { get; private set; }

        internal long Bytes { get; private set; }

        internal long Pushes { get; private set; }

        internal long PushBytes { get; private set; }

        public long Connect(long rank)
        {
            _fleet._owners.Add(this);
            _fleet._owners.Add(rank == TreeDaemon.Root ? _fleet._root : _fleet._daemons[rank]);
            return _fleet._owners.Count - 2;
        }

        public void Send(long link, TreeMessage message)
        {
            // What is said to nodes is to say their schema, which they do.
            if (link < 0)
                return;
            int size = _fleet.SizeOf(message);
            Daemon other = _fleet._owners[(int)(link ^ 1)];
            Count(size);
            _fleet.At(_fleet._now + Delay, () =>
            {
                other.Count(size);
                other.CountPush(message, size);
                other.Core.Receive(link ^ 1, message, _fleet._now);
            });
        }

        public void Close(long link)
        {
            // Nothing goes wrong, so that none leaves another.
            throw new InvalidOperationException("a daemon leaves another");
        }

        private void Wake() => _fleet.At(Core.NextTime, () =>
        {
            Core.Tick(_fleet._now);
            Wake();
        });

        private void Count(int size)
        {
            if (!_fleet._counts)
                return;
            Messages++;
            Bytes += size;
        }

        private void CountPush(TreeMessage message, int size)
        {
            if (!_fleet._counts || message is not PushMessage)
                return;
            Pushes++;
            PushBytes += size;
        }
    }
}

/// <summary>What daemons hear and say of monitoring within a second.</summary>
/// <param name="RootPushes">Pushes to the root.</param>
/// <param name="RootPushBytes">Their bytes.</param>
/// <param name="RootBytes">All bytes at the root, answers with them.</param>
/// <param name="MostMessages">Messages from and to other daemons, at the daemon with the most bytes.</param>
/// <param name="MostBytes">Their bytes.</param>
internal sealed record PushLoad(double RootPushes, double RootPushBytes, double RootBytes, double MostMessages, double MostBytes);
