using System.Globalization;
using System.Text;
using Megatux.Model;
using Megatux.Tree;
using Megatux.Xproc;

namespace Megatux.Simulator;

/// <summary>A host: its daemon, and its nodes, which outlive it.</summary>
internal sealed class VirtualHost
{
    /// <summary>How long a message between a daemon and a node of its host takes: always the same, so that they keep their order.</summary>
    private static readonly TimeSpan ChannelDelay = TimeSpan.FromMicroseconds(100);

    /// <summary>How long guests take to come up, at least and at most.</summary>
    private static readonly TimeSpan FastBoot = TimeSpan.FromSeconds(0.5), SlowBoot = TimeSpan.FromSeconds(3);

    /// <summary>Guests come up one by one, but not in more groups than this.</summary>
    private const int Groups = 10;

    /// <summary>A link's number is made of the node's place and its incarnation.</summary>
    private const int PlaceBits = 20;

    private readonly World _world;
    private readonly LeafSlot[] _slots;
    private readonly NodeSet _guests;
    private int _boots;

    internal VirtualHost(World world, long rank)
    {
        (_world, Rank, Name) = (world, rank, world.Options.Nodes.Hosts.NodeAt(rank));
        _guests = world.Options.Nodes.GuestsOf(Name);
        _slots = new LeafSlot[1 + world.Options.Nodes.GuestsPerHost];
    }

    internal long Rank { get; }

    internal string Name { get; }

    internal bool IsUp { get; private set; }

    internal VirtualDaemon? Daemon { get; private set; }

    internal ReadOnlySpan<LeafSlot> Slots => _slots;

    internal void Boot()
    {
        if (IsUp)
            return;
        IsUp = true;
        _boots++;
        for (int place = 1; place < _slots.Length; place++)
            _slots[place].State = LeafState.Boot;
        ComeUp(0);
        StartDaemon();
        int group = (_slots.Length + Groups - 2) / Groups;
        for (int first = 1; first < _slots.Length; first += group)
            BootGuests(first, Math.Min(group, _slots.Length - first));
    }

    /// <summary>Ends all that runs on it, without a word to others.</summary>
    internal void Crash()
    {
        if (!IsUp)
            return;
        IsUp = false;
        _boots++;
        Daemon?.Vanish();
        Daemon = null;
        _world.Programs?.Gone(this);
        for (int place = 0; place < _slots.Length; place++)
            GoDown(place, LeafState.Down);
    }

    internal void StartDaemon()
    {
        if (!IsUp || Daemon is not null)
            return;
        VirtualDaemon daemon = new(_world, this, null);
        Daemon = daemon;
        for (int place = 0; place < _slots.Length; place++)
            if (_slots[place].State == LeafState.Up)
                TellUp(daemon, place);
        TellStates();
    }

    internal void CrashDaemon()
    {
        Daemon?.End();
        Daemon = null;
    }

    /// <summary>A guest ends; its daemon starts it again after a pause.</summary>
    internal void CrashGuest(int place, TimeSpan pause)
    {
        if (_slots[place].State != LeafState.Up)
            return;
        long link = LinkOf(place);
        GoDown(place, LeafState.Error);
        VirtualDaemon? daemon = Daemon;
        _world.Clock.After(ChannelDelay, () => daemon?.Take(() => daemon.LeafGone(link)));
        TellStates();
        int boots = _boots;
        _world.Clock.After(pause, () =>
        {
            if (boots != _boots)
                return;
            _slots[place].State = LeafState.Boot;
            TellStates();
            BootGuests(place, 1);
        });
    }

    internal void SendToLeaf(long link, TreeMessage message) => _world.Clock.After(ChannelDelay, new LeafMail(this, link, message));

    /// <summary>A message is where a node was that it was sent to.</summary>
    internal void ReachLeaf(long link, TreeMessage message)
    {
        (int place, int incarnation) = PlaceOf(link);
        ref LeafSlot slot = ref _slots[place];
        if (slot.State != LeafState.Up || slot.Incarnation != incarnation)
            return;
        if (slot.Leaf is null && message is not RunMessage)
            return;
        VirtualLeaf leaf = slot.Leaf ??= new VirtualLeaf(_world, this, place, slot.Incarnation, slot.Since);
        leaf.Take(() => leaf.Receive(message));
        if (_world.Options.IsLarge && leaf.IsIdle)
            slot.Leaf = null;
    }

    /// <summary>Puts a program where a node can run it, or cannot, as the host's launcher does: the daemon that runs by then is told.</summary>
    internal void Give(long link, BlobId bundle)
    {
        int boots = _boots;
        _world.Clock.After(_world.Programs!.DrawPause(), () =>
        {
            (int place, int incarnation) = PlaceOf(link - VirtualDaemon.FirstLeafLink);
            if (boots != _boots || Daemon is not { } daemon || _slots[place].State != LeafState.Up || _slots[place].Incarnation != incarnation)
                return;
            string problem = SimulatedProgram.Find(bundle).ProblemOn(NameOf(place));
            string found = problem.Length > 0 ? "" : ProgramBook.PlaceOf(bundle, incarnation);
            daemon.Take(() => daemon.Router.Given(link, bundle, found, problem, _world.Clock.Now));
        });
    }

    internal void SendFromLeaf(int place, TreeMessage message)
    {
        if (Daemon is not { } daemon)
            return;
        (long link, TimeSpan sent) = (LinkOf(place), _world.Clock.Now);
        _world.Clock.After(ChannelDelay, () => daemon.Take(() => daemon.ReceiveFromLeaf(link, message, sent)));
    }

    internal string NameOf(int place) => place == 0 ? Name : string.Create(CultureInfo.InvariantCulture, $"vm{place - 1}.{Name}");

    /// <summary>A node's number: guests count from 0, host after host, and hosts behind them.</summary>
    internal long NumberOf(int place)
    {
        SimulatedNodes nodes = _world.Options.Nodes;
        return place == 0 ? nodes.HostCount * nodes.GuestsPerHost + Rank : Rank * nodes.GuestsPerHost + place - 1;
    }

    /// <summary>Which of its nodes are up.</summary>
    internal NodeSet Living() => IsUp ? States().Up : NodeSet.Empty;

    private void BootGuests(int first, int count)
    {
        int boots = _boots;
        _world.Clock.After(FastBoot + (SlowBoot - FastBoot) * _world.Random.NextDouble(), () => GuestsBooted(first, count, boots));
    }

    // A guest whose daemon is not there cannot say that it is up.
    private void GuestsBooted(int first, int count, int boots)
    {
        if (boots != _boots)
            return;
        if (Daemon is not { } daemon)
        {
            BootGuests(first, count);
            return;
        }

        for (int place = first; place < first + count; place++)
        {
            ComeUp(place);
            TellUp(daemon, place);
        }

        TellStates();
    }

    private void ComeUp(int place)
    {
        ref LeafSlot slot = ref _slots[place];
        (slot.State, slot.Since) = (LeafState.Up, _world.Clock.Now);
        slot.Incarnation++;
        _world.UpCount++;
        if (_world.Monitoring is not { } book)
            return;
        book.Trouble(_world.Clock.Now);
        slot.Leaf = new VirtualLeaf(_world, this, place, slot.Incarnation, slot.Since);
        slot.Leaf.Take(static () => { });
    }

    private void GoDown(int place, LeafState state)
    {
        ref LeafSlot slot = ref _slots[place];
        if (slot.State == LeafState.Up)
            _world.UpCount--;
        _world.Monitoring?.Trouble(_world.Clock.Now);
        slot.State = state;
        slot.Leaf?.End();
        slot.Leaf = null;
    }

    private void TellUp(VirtualDaemon daemon, int place)
    {
        (long link, TimeSpan since) = (LinkOf(place), _slots[place].Since);
        daemon.Take(() => daemon.LeafUp(link, SetOf(place), since, NumberOf(place)));
    }

    private void TellStates()
    {
        if (Daemon is { } daemon)
            daemon.Take(() => daemon.Tree.SetOwn(States(), _world.Clock.Now));
    }

    private long LinkOf(int place) => VirtualDaemon.FirstLeafLink + (((long)_slots[place].Incarnation << PlaceBits) | (uint)place);

    private static (int Place, int Incarnation) PlaceOf(long link) => ((int)(link & ((1 << PlaceBits) - 1)), (int)(link >> PlaceBits));

    private NodeSet SetOf(int place) => place == 0 ? NodeSet.Parse(Name) : _guests.Only(place - 1);

    private NodeStates States() => new(GuestsIn(LeafState.Up).Union(NodeSet.Parse(Name)), GuestsIn(LeafState.Boot), GuestsIn(LeafState.Error));

    private NodeSet GuestsIn(LeafState state)
    {
        var ranges = new StringBuilder();
        for (int first = 1, next; first < _slots.Length; first = next + 1)
        {
            for (next = first; next < _slots.Length && _slots[next].State == state; next++)
            {
            }

            if (next > first)
                ranges.Append(CultureInfo.InvariantCulture, $"{(ranges.Length > 0 ? "," : "")}{first - 1}-{next - 2}");
        }

        return ranges.Length == 0 ? NodeSet.Empty : NodeSet.Parse($"vm[{ranges}].{Name}");
    }
}
