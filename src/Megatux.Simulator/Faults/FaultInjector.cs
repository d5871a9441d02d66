using Megatux.Tree;

namespace Megatux.Simulator;

/// <summary>Has things go wrong, as a profile says, and come right again before a time.</summary>
internal sealed class FaultInjector(World world, TimeSpan end)
{
    /// <summary>Of how many neighbouring hosts a rack or a part that is cut off has at most: one of so many.</summary>
    private const int RacksPerRoom = 4;

    private readonly SortedDictionary<FaultKind, int> _counts = [];

    /// <summary>How many faults there were of each kind.</summary>
    internal IReadOnlyDictionary<FaultKind, int> Counts => _counts;

    internal void Start()
    {
        if (world.Options.Faults.PerMinute > 0)
            PlanNext();
    }

    private void PlanNext()
    {
        TimeSpan pause = TimeSpan.FromMinutes(-Math.Log(1 - world.Random.NextDouble()) / world.Options.Faults.PerMinute);
        if (world.Clock.Now + pause < end)
            world.Clock.After(pause, () =>
            {
                IReadOnlyList<FaultKind> kinds = world.Options.Faults.Kinds;
                Inject(kinds[world.Random.Next(kinds.Count)]);
                PlanNext();
            });
    }

    private void Inject(FaultKind kind)
    {
        world.Monitoring?.Trouble(world.Clock.Now);
        _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
        VirtualHost host = world.Hosts[world.Random.Next(world.Hosts.Count)];
        world.Trace((ulong)kind, (ulong)host.Rank, ulong.MaxValue);
        world.Log(() => $"{KindText.Of(kind)} at {host.Name} or another");
        switch (kind)
        {
            case FaultKind.DaemonCrash:
                host.CrashDaemon();
                Later(0.05, 5, host.StartDaemon);
                break;
            case FaultKind.HostCrash:
                host.Crash();
                Later(1, 15, host.Boot);
                break;
            case FaultKind.GuestCrash when world.Options.Nodes.GuestsPerHost > 0:
                host.CrashGuest(1 + world.Random.Next(world.Options.Nodes.GuestsPerHost), Between(0.1, 3));
                break;
            case FaultKind.RackCrash:
                CrashRack();
                break;
            case FaultKind.RootCrash:
                world.Root.Crash();
                Later(0.05, 12, world.Root.Start);
                break;
            case FaultKind.Stop:
                StopOne(world.Random.Next(4) == 0 ? world.Root.Daemon : host.Daemon);
                break;
            case FaultKind.Partition:
                CutOff();
                break;
            case FaultKind.Reset:
                ResetOne(host.Daemon);
                break;
            case FaultKind.Delay:
                Worsen(host, conditions => conditions.Late = Between(0.05, 4), conditions => conditions.Late = TimeSpan.Zero);
                break;
            case FaultKind.SlowLink:
                Worsen(host, conditions => conditions.BytesPerSecond = 1000 + world.Random.Next(50_000), conditions => conditions.BytesPerSecond = Conditions.Usual);
                break;
        }
    }

    private void CrashRack()
    {
        (long first, long last) = Rack();
        for (long rank = first; rank <= last; rank++)
        {
            VirtualHost host = world.Hosts[(int)rank];
            host.Crash();
            Later(1, 15, host.Boot);
        }
    }

    private void CutOff()
    {
        (long first, long last) = Rack();
        world.Network.Cut(first, last);
        Later(0.5, 25, () => world.Network.Heal(first, last));
    }

    private void StopOne(VirtualDaemon? daemon)
    {
        if (daemon is null)
            return;
        daemon.Stop();
        Later(0.2, 12, daemon.Continue);
    }

    private void ResetOne(VirtualDaemon? daemon)
    {
        StreamEnd[] ends = [.. daemon?.Ends ?? []];
        if (ends.Length > 0)
            world.Network.Reset(ends[world.Random.Next(ends.Length)]);
    }

    private void Worsen(VirtualHost host, Action<Conditions> worse, Action<Conditions> usual)
    {
        // The root's links are slow at times, too.
        Conditions conditions = world.Network.ConditionsOf(world.Random.Next(8) == 0 ? TreeDaemon.Root : host.Rank);
        worse(conditions);
        Later(2, 15, () => usual(conditions));
    }

    private (long First, long Last) Rack()
    {
        long size = 1 + world.Random.NextInt64(Math.Max(1, world.Hosts.Count / RacksPerRoom));
        long first = world.Random.NextInt64(world.Hosts.Count - size + 1);
        return (first, first + size - 1);
    }

    private void Later(double least, double most, Action mend)
    {
        TimeSpan time = world.Clock.Now + Between(least, most);
        time = time < end ? time : end;
        world.Log(() => $"and to {time.TotalSeconds} s");
        world.Monitoring?.Trouble(time);
        world.Clock.At(time, mend);
    }

    private TimeSpan Between(double least, double most) => TimeSpan.FromSeconds(least + (most - least) * world.Random.NextDouble());
}
