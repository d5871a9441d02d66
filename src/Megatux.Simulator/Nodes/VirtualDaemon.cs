using Megatux.Model;
using Megatux.Pushmon;
using Megatux.Tree;
using Megatux.Xproc;

namespace Megatux.Simulator;

/// <summary>A daemon: the cores that it is made of, on virtual streams.</summary>
internal sealed class VirtualDaemon : VirtualProcess, ITreeEffects
{
    /// <summary>Numbers of links to nodes of the host begin here; those of streams lie below.</summary>
    internal const long FirstLeafLink = 1L << 40;

    private readonly Dictionary<long, StreamEnd> _ends = [];
    private readonly VirtualHost? _host;
    private readonly JobRoot? _jobs;
    private long _nextLink;

    /// <param name="world">Where it runs.</param>
    /// <param name="host">Its host; null for the root.</param>
    /// <param name="jobs">At the root, its jobs.</param>
    internal VirtualDaemon(World world, VirtualHost? host, JobRoot? jobs)
        : base(world)
    {
        (_host, _jobs) = (host, jobs);
        Router = new JobRouter(Route, jobs, world.Programs?.Of(host));
        Tree = new TreeDaemon(Rank, world.Options.Nodes.HostCount, world.NextSeed(), this, Router);
        if (world.Monitoring is not { } book)
            return;
        Lateness = new Lateness(book.OldestEver);
        Monitor = new MonitorDaemon(Rank, world.Options.Nodes.HostCount, book.Interval, this, host is null ? book.Reported : null, world.Clock.Now, (long)world.Clock.Now.TotalMilliseconds);
    }

    internal long Rank => _host?.Rank ?? TreeDaemon.Root;

    internal TreeDaemon Tree { get; }

    internal JobRouter Router { get; }

    /// <summary>Null where nodes say nothing of themselves.</summary>
    internal MonitorDaemon? Monitor { get; }

    /// <summary>How long what it counts was under way.</summary>
    internal Lateness? Lateness { get; }

    /// <summary>Messages that it took or sent, but for beats and those of monitoring.</summary>
    internal long Messages { get; set; }

    internal IEnumerable<StreamEnd> Ends => _ends.Values;

    internal override string Name => _host is null ? "the root's daemon" : $"the daemon of {_host.Name}";

    protected override TimeSpan NextTime => Min(Min(Tree.NextTime, MonitorTime), Min(Router.NextTime, _jobs?.NextTime ?? TimeSpan.MaxValue));

    private TimeSpan MonitorTime => Monitor is not null && !World.Monitoring!.IsOver ? Monitor.NextTime : TimeSpan.MaxValue;

    internal StreamEnd? EndOf(long link) => _ends.GetValueOrDefault(link);

    internal void Accept(StreamEnd end)
    {
        (end.Owner, end.Link) = (this, _nextLink++);
        _ends.Add(end.Link, end);
    }

    internal void Receive(StreamEnd end, TreeMessage message, int size)
    {
        Count(message);
        World.Trace(Rank, end.Other.Rank, end.Link, message);
        if (message is PushMessage push)
            World.Monitoring!.Arrives(this, push, size);
        if (Monitor?.Receive(end.Link, message, World.Clock.Now) != true)
            Tree.Receive(end.Link, message, World.Clock.Now);
    }

    internal void ReceiveFromLeaf(long link, TreeMessage message, TimeSpan sent)
    {
        TimeSpan now = World.Clock.Now;
        World.Trace(Rank, 0, link, message);
        if (message is SampleMessage sample)
        {
            Lateness!.Add(now, now - sent);
            Monitor!.ReceiveFromLeaf(link, sample, now);
        }
        else
        {
            Router.ReceiveFromLeaf(link, message, now);
        }
    }

    /// <summary>A node of its host's has come up.</summary>
    internal void LeafUp(long link, NodeSet node, TimeSpan since, long number)
    {
        Router.LeafUp(link, node, since, World.Clock.Now);
        Monitor?.LeafUp(link, node.ToString(), number);
    }

    /// <summary>A node of its host's has ended.</summary>
    internal void LeafGone(long link)
    {
        Router.LeafGone(link, World.Clock.Now);
        Monitor?.LeafGone(link);
    }

    internal void LinkEnded(StreamEnd end)
    {
        end.IsOpen = false;
        if (!_ends.Remove(end.Link))
            return;
        Tree.LinkClosed(end.Link, World.Clock.Now);
        Monitor?.LinkClosed(end.Link, World.Clock.Now);
    }

    long ITreeEffects.Connect(long rank)
    {
        long link = _nextLink++;
        _ends.Add(link, World.Network.Connect(this, link, rank));
        return link;
    }

    void ITreeEffects.Send(long link, TreeMessage message)
    {
        if (link >= FirstLeafLink)
            _host!.SendToLeaf(link - FirstLeafLink, message);
        else if (_ends.TryGetValue(link, out StreamEnd? end))
            Send(end, message is PushMessage push ? World.Monitoring!.Leaves(this, push) : message);
    }

    void ITreeEffects.Close(long link)
    {
        if (_ends.Remove(link, out StreamEnd? end))
            World.Network.Close(end);
    }

    /// <summary>Ends it as a process ends: the kernel closes its streams.</summary>
    internal override void End()
    {
        base.End();
        foreach (StreamEnd end in _ends.Values)
            World.Network.Close(end);
        _ends.Clear();
    }

    /// <summary>Ends it with its host: nobody is told.</summary>
    internal void Vanish()
    {
        base.End();
        foreach (StreamEnd end in _ends.Values)
        {
            end.IsOpen = false;
            end.Drop();
        }

        _ends.Clear();
    }

    protected override void Tick()
    {
        Tree.Tick(World.Clock.Now);
        Router.Tick(World.Clock.Now);
        _jobs?.Tick(World.Clock.Now);
        if (MonitorTime != TimeSpan.MaxValue)
            Monitor!.Tick(World.Clock.Now);
    }

    private void Send(StreamEnd end, TreeMessage message)
    {
        Count(message);
        World.Network.Send(end, message);
    }

    private void Route(long link, TreeMessage message)
    {
        if (link >= FirstLeafLink)
            _host!.SendToLeaf(link - FirstLeafLink, message);
        else
            Tree.Send(link, message);
    }

    private void Count(TreeMessage message)
    {
        if (message is not (BeatMessage or PushMessage or PushedMessage or ConfigurationMessage))
            Messages++;
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
