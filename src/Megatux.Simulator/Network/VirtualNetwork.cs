using Megatux.Tree;
using Megatux.Xproc;

namespace Megatux.Simulator;

/// <summary>
/// Streams between daemons. What is lost, doubled or in disorder below a stream makes it late, or ends it: so it is delayed,
/// slow, held by partitions, reset, and closed where too much waits in it, but never in disorder.
/// </summary>
internal sealed class VirtualNetwork(World world, Random random)
{
    /// <summary>Where more waits in a link, its shell closes it.</summary>
    internal const long MostQueued = 1 << 20;

    /// <summary>What one asks for at a time, and a piece of what it asked for before and has no room for.</summary>
    private const long MostOfPrograms = BlobRelay.Window + BlobRelay.ChunkLength;

    /// <summary>How long one waits for an answer to a connect.</summary>
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(3);

    /// <summary>In microseconds.</summary>
    private const int LeastLatency = 50, MostLatency = 250;

    private static readonly TimeSpan LongestLatency = TimeSpan.FromMicroseconds(MostLatency);

    private readonly List<(long First, long Last)> _cuts = [];
    private readonly Dictionary<long, Conditions> _conditions = [];
    private readonly MessageSize _sizes = new();

    /// <summary>The most bytes that ever waited in a link.</summary>
    internal long LongestQueue { get; private set; }

    /// <summary>How many links were closed because too much waited.</summary>
    internal int Overflows { get; private set; }

    internal Conditions ConditionsOf(long rank)
    {
        if (!_conditions.TryGetValue(rank, out Conditions? conditions))
            _conditions.Add(rank, conditions = new Conditions());
        return conditions;
    }

    /// <summary>Cuts hosts off from all others.</summary>
    internal void Cut(long first, long last) => _cuts.Add((first, last));

    /// <summary>Takes a cut back.</summary>
    internal void Heal(long first, long last)
    {
        _cuts.Remove((first, last));
        foreach (StreamEnd end in Ends())
            Pump(end);
    }

    /// <summary>
    /// Has what was sent over slow links come as over others. Until then they are as slow for it as they were when it was sent:
    /// in minutes, after that nothing is wrong any more.
    /// </summary>
    internal void Recover()
    {
        world.Monitoring?.Trouble(world.Clock.Now);
        foreach (StreamEnd end in Ends())
        {
            if (!end.Hasten(world.Clock.Now, Conditions.Usual, LongestLatency))
                continue;
            end.IsPumped = false;
            Pump(end);
        }
    }

    internal StreamEnd Connect(VirtualDaemon from, long link, long rank)
    {
        var end = new StreamEnd(from.Rank) { Owner = from, Link = link };
        end.Other = new StreamEnd(rank) { Other = end };
        world.Clock.After(Latency(end), () => Arrive(end));
        return end;
    }

    internal void Send(StreamEnd end, TreeMessage message)
    {
        if (!end.IsOpen)
            return;
        int size = _sizes.Of(message);
        if (end.Queued + size > MostQueued)
        {
            Overflows++;
            world.Monitoring?.Trouble(world.Clock.Now);
            Reset(end);
            return;
        }

        Launch(end, message, size);
        LongestQueue = Math.Max(LongestQueue, end.Queued);
        if (message is ChunkMessage && end.ProgramBytes is > MostOfPrograms and var bytes)
            throw world.Violation($"a link holds at most {MostOfPrograms} bytes of programs", $"{end.Owner!.Name} has sent {bytes} over one that have not arrived");
    }

    /// <summary>An end's owner closes it: the other is told when all that was sent before is there.</summary>
    internal void Close(StreamEnd end)
    {
        if (!end.IsOpen)
            return;
        end.IsOpen = false;
        Launch(end, null, 0);
    }

    /// <summary>Ends a stream at once for an end's owner; the other is told when that gets there.</summary>
    internal void Reset(StreamEnd end)
    {
        end.Drop();
        Close(end);
        if (end.Owner is { } owner)
            owner.Take(() => owner.LinkEnded(end));
    }

    private IEnumerable<StreamEnd> Ends()
    {
        foreach (VirtualDaemon daemon in world.Daemons)
            foreach (StreamEnd end in daemon.Ends)
            {
                yield return end;
                yield return end.Other;
            }
    }

    private void Launch(StreamEnd end, TreeMessage? message, int size)
    {
        double speed = Math.Min(ConditionsOf(end.Rank).BytesPerSecond, ConditionsOf(end.Other.Rank).BytesPerSecond);
        TimeSpan from = end.BusyTo > world.Clock.Now ? end.BusyTo : world.Clock.Now;
        end.BusyTo = from + TimeSpan.FromSeconds(size / speed);
        TimeSpan due = end.BusyTo + Latency(end);
        end.Launch(message, size, due > end.LastDue ? due : end.LastDue);
        Pump(end);
    }

    private void Arrive(StreamEnd end)
    {
        if (!end.IsOpen)
            return;
        if (IsCut(end) || !world.IsHostUp(end.Other.Rank))
            world.Clock.After(ConnectLimit, () => end.Owner!.Take(() => end.Owner.LinkEnded(end)));
        else if (world.DaemonOf(end.Other.Rank) is { } daemon)
            daemon.Accept(end.Other);
        else
            world.Clock.After(Latency(end), () => end.Owner!.Take(() => end.Owner.LinkEnded(end)));
        Pump(end);
    }

    private void Pump(StreamEnd end)
    {
        if (end.IsPumped || end.IsIdle || end.Other.Owner is null || IsCut(end))
            return;
        end.IsPumped = true;
        world.Clock.At(end.NextDue, () =>
        {
            end.IsPumped = false;
            if (end.IsIdle || IsCut(end))
                return;
            if (end.NextDue > world.Clock.Now)
            {
                // An event that was planned before what is in flight was hastened.
                Pump(end);
                return;
            }

            (TreeMessage? message, int size) = end.Land();
            Deliver(end, message, size);
            Pump(end);
        });
    }

    private void Deliver(StreamEnd end, TreeMessage? message, int size)
    {
        StreamEnd other = end.Other;
        if (!other.IsOpen)
        {
            // A host that is up says that it knows nothing of such a stream; one that is not says nothing.
            end.Taken(size);
            if (message is not null && end.IsOpen && world.IsHostUp(other.Rank))
                world.Clock.After(Latency(other), () => end.Owner!.Take(() => end.Owner.LinkEnded(end)));
            return;
        }

        other.Owner!.Take(() =>
        {
            end.Taken(size);
            if (!other.IsOpen)
                return;
            if (message is null)
                other.Owner.LinkEnded(other);
            else
                other.Owner.Receive(other, message, size);
        });
    }

    private TimeSpan Latency(StreamEnd end) =>
        TimeSpan.FromMicroseconds(LeastLatency + random.Next(MostLatency - LeastLatency)) + Late(end.Rank) + Late(end.Other.Rank);

    private TimeSpan Late(long rank) => ConditionsOf(rank).Late is var late && late == TimeSpan.Zero ? late : late * random.NextDouble();

    private bool IsCut(StreamEnd end)
    {
        foreach ((long first, long last) in _cuts)
            if ((end.Rank >= first && end.Rank <= last) != (end.Other.Rank >= first && end.Other.Rank <= last))
                return true;
        return false;
    }
}
