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
    }

    internal long Rank => _host?.Rank ?? TreeDaemon.Root;

    internal TreeDaemon Tree { get; }

    internal JobRouter Router { get; }

    /// <summary>Messages that it took or sent, but for beats.</summary>
    internal long Messages { get; set; }

    internal IEnumerable<StreamEnd> Ends => _ends.Values;

    internal override string Name => _host is null ? "the root's daemon" : $"the daemon of {_host.Name}";

    protected override TimeSpan NextTime => Min(Tree.NextTime, Min(Router.NextTime, _jobs?.NextTime ?? TimeSpan.MaxValue));

    internal StreamEnd? EndOf(long link) => _ends.GetValueOrDefault(link);

    internal void Accept(StreamEnd end)
    {
        (end.Owner, end.Link) = (this, _nextLink++);
        _ends.Add(end.Link, end);
    }

    internal void Receive(StreamEnd end, TreeMessage message)
    {
        Count(message);
        World.Trace(Rank, end.Other.Rank, end.Link, message);
        Tree.Receive(end.Link, message, World.Clock.Now);
    }

    internal void ReceiveFromLeaf(long link, TreeMessage message)
    {
        World.Trace(Rank, 0, link, message);
        Router.ReceiveFromLeaf(link, message, World.Clock.Now);
    }

    internal void LinkEnded(StreamEnd end)
    {
        end.IsOpen = false;
        if (_ends.Remove(end.Link))
            Tree.LinkClosed(end.Link, World.Clock.Now);
    }

    long ITreeEffects.Connect(long rank)
    {
        long link = _nextLink++;
        _ends.Add(link, World.Network.Connect(this, link, rank));
        return link;
    }

    void ITreeEffects.Send(long link, TreeMessage message)
    {
        if (!_ends.TryGetValue(link, out StreamEnd? end))
            return;
        Count(message);
        World.Network.Send(end, message);
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
        if (message is not BeatMessage)
            Messages++;
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
