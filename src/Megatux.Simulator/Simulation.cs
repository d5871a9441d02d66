using Megatux.Model;
using Megatux.Xproc;

namespace Megatux.Simulator;

/// <summary>
/// A run: hosts come up and form a tree, jobs run and nodes say how they are while things go wrong, then all must come right. The cores are those of the
/// daemons; network, clock and processes are virtual, and all chance is drawn from the seed.
/// </summary>
public sealed partial class Simulation
{
    /// <summary>Hosts are switched on within so long.</summary>
    private static readonly TimeSpan PowerOn = TimeSpan.FromSeconds(2);

    /// <summary>All must be up after this.</summary>
    private static readonly TimeSpan FormationLimit = TimeSpan.FromMinutes(2);

    /// <summary>For how long things go wrong, and jobs are started.</summary>
    private static readonly TimeSpan Trouble = TimeSpan.FromSeconds(60);

    /// <summary>After the last fault all must have come right within this.</summary>
    private static readonly TimeSpan RejoinLimit = TimeSpan.FromSeconds(60);

    /// <summary>All jobs must be over within this of it: the longest runs 15 s, and what is lost is given up after some time.</summary>
    private static readonly TimeSpan JobLimit = TimeSpan.FromSeconds(90) + JobRoot.LostAfter;

    /// <summary>By then no daemon may know of jobs that are over.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(11);

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10), CheckPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Through how many intervals of monitoring it is watched that all reports are exact.</summary>
    private const int ObservedIntervals = 4;

    private readonly World _world;
    private readonly TreeChecks _checks;

    private Simulation(SimulationOptions options)
    {
        _world = new World(options);
        _checks = new TreeChecks(_world);
    }

    /// <summary>Runs to the end.</summary>
    /// <exception cref="InvariantViolatedException">Something that must always hold did not.</exception>
    public static SimulationReport Run(SimulationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new Simulation(options).Run();
    }

    private VirtualClock Clock => _world.Clock;

    private SimulationReport Run()
    {
        // Half of the runs have faults from the start on.
        bool formsInPeace = _world.Options.Faults.PerMinute == 0 || _world.Options.Seed % 2 == 0;
        FaultInjector? early = formsInPeace ? null : Faults(Trouble);
        Watch();
        Form();
        TimeSpan? formation = null;
        if (formsInPeace)
        {
            MustSoon(IsSettled, FormationLimit, "all nodes are up and joined");
            formation = Clock.Now;
        }

        _world.Options.Over?.Invoke(SimulationPart.Formation);
        (int depth, int mostChildren, long formationMessages) = (Depth(), MostChildren(), MostMessages());
        FaultInjector faults = early ?? Faults(Clock.Now + Trouble);
        if (!_world.Options.IsLarge)
            RunJobs();
        _world.Monitoring?.Settings.Conclude();
        TimeSpan settled = Settle();
        Observe();
        TimeSpan? healed = Heal();
        _world.Options.Over?.Invoke(SimulationPart.Trouble);
        Bring();
        long commandMessages = Command();
        _world.Options.Over?.Invoke(SimulationPart.Command);
        _world.Monitoring?.End();
        if (!_world.Options.IsLarge)
            Forget();
        return new SimulationReport
        {
            Seed = _world.Options.Seed,
            Digest = _world.Digest,
            Formation = formation,
            Depth = Math.Max(depth, Depth()),
            MostChildren = Math.Max(mostChildren, MostChildren()),
            FormationMessages = formationMessages,
            CommandMessages = commandMessages,
            LongestQueue = _world.Network.LongestQueue,
            Overflows = _world.Network.Overflows,
            Settled = settled,
            Healed = healed,
            Faults = [.. faults.Counts.Select(count => KeyValuePair.Create(KindText.Of(count.Key), count.Value))],
            Jobs = [.. _world.Jobs.All.Select(Describe)],
            ProgramBytes = _world.Programs?.Bytes ?? 0,
            Monitoring = _world.Monitoring?.Describe(),
            Events = Clock.Events,
            Length = Clock.Now,
        };
    }

    private FaultInjector Faults(TimeSpan end)
    {
        var faults = new FaultInjector(_world, end);
        faults.Start();
        return faults;
    }

    private void Watch()
    {
        if (_world.Options.IsLarge)
            return;
        _checks.Check();
        _world.LookForAbsent();
        Clock.After(CheckPause, Watch);
    }

    private void Form()
    {
        _world.Root.Start();
        foreach (VirtualHost host in _world.Hosts)
            Clock.After(PowerOn * _world.Random.NextDouble(), host.Boot);
    }

    private TimeSpan Settle()
    {
        TimeSpan from = Clock.Now;
        _world.Programs?.Calm();
        _world.Network.Recover();
        MustSoon(IsSettled, RejoinLimit, "all daemons have a way to the root, and it knows all nodes");
        TimeSpan settled = Clock.Now - from;
        MustSoon(() => _world.Jobs.AreOver, JobLimit, "all jobs are over");
        return settled;
    }

    // By then reports are exact, and some of them have come: each is looked at when it does.
    private void Observe()
    {
        if (_world.Monitoring is not { } book)
            return;
        MustSoon(() => book.IsConfigured, book.SettleTime + Step, "nothing goes wrong any more");
        long before = book.Exact;
        Clock.RunTo(Clock.Now + book.Interval * ObservedIntervals);
        if (book.Exact < before + ObservedIntervals - 1)
            throw _world.Violation($"the root reports every {book.Interval.TotalSeconds} s", $"{book.Exact - before} reports came in {ObservedIntervals} intervals");
    }

    // Whoever has the most below it goes, with its host, without a word.
    private TimeSpan? Heal()
    {
        VirtualHost? lost = _world.Hosts.Where(host => host.Daemon!.Tree.Parent == Tree.TreeDaemon.Root).MaxBy(host => host.Daemon!.Tree.ChildCount);
        if (lost is null || lost.Daemon!.Tree.ChildCount == 0)
            return null;
        TimeSpan from = Clock.Now;
        lost.Crash();
        MustSoon(_checks.AreAllJoined, RejoinLimit, $"those below {lost.Name}, which is gone, have a way to the root");
        TimeSpan healed = Clock.Now - from;

        // Nobody says of those that are gone that they are. In half of the runs, as it is some dozen intervals until all have found out.
        if (_world.Options.Seed % 2 == 1)
            Observe();
        lost.Boot();
        MustSoon(IsSettled, RejoinLimit, $"all daemons have a way to the root once {lost.Name} is back");
        return healed;
    }

    private void Forget()
    {
        Clock.RunTo(Clock.Now + Memory);
        foreach (VirtualDaemon daemon in _world.Daemons)
        {
            if (daemon.Router.JobCount > 0)
                throw _world.Violation($"{daemon.Name} has forgotten jobs that are over", $"it knows {daemon.Router.JobCount}");
            if (daemon.Router.ProgramWaits > 0)
                throw _world.Violation($"nobody waits for a program at {daemon.Name}", $"{daemon.Router.ProgramWaits} do");
        }

        if (!IsSettled())
            throw _world.Violation("what is settled stays so", "it did not");
    }

    private void MustSoon(Func<bool> isSo, TimeSpan limit, string expected)
    {
        if (!Clock.RunUntil(isSo, Step, Clock.Now + limit))
            throw _world.Violation($"within {limit.TotalSeconds} s {expected}", $"it is not so: the root has {_world.Root.Up} for up, and {_world.Jobs.WhatIsOpen()}");
    }

    private bool IsSettled() =>
        _world.UpCount == _world.Options.Nodes.Count && _world.Root.Up.Equals(_world.Options.Nodes.All) && _checks.AreAllJoined();

    private int Depth() => _world.Daemons.Max(daemon => _checks.DepthOf(daemon) ?? 0);

    private int MostChildren() => _world.Daemons.Max(daemon => daemon.Tree.ChildCount);

    private long MostMessages() => _world.Daemons.Max(daemon => daemon.Messages);

    private static SimulatedJob Describe(JobAccount job) => new(
        KindText.Of(job.Script.Kind), job.Script.Program?.Name, job.Target.Count, job.CountOf(RecordKind.Exit), job.CountOf(RecordKind.Refused),
        job.CountOf(RecordKind.Lost), job.Ended!.Value - job.Started);
}
