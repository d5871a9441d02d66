using System.Text;
using Megatux.Model;
using Megatux.Sexp;
using Megatux.Tree;

namespace Megatux.Pushmon.Tests;

/// <summary>What a node's host makes of what the node says, be the node as hostile as it likes.</summary>
public sealed class MonitorGuestTests
{
    private const int Watched = 1, Other = 2;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lonely _effects = new();
    private PushMessage? _report;

    [Fact]
    public void Samples_that_a_node_could_not_send_are_seen_by_their_numbers()
    {
        MonitorDaemon daemon = Start();
        Say(daemon, Watched, 0, Seconds(0.5));
        Report(daemon, Seconds(1));
        Say(daemon, Watched, 1, Seconds(1.5));
        Report(daemon, Seconds(2));
        Say(daemon, Watched, 5, Seconds(5.5));
        Report(daemon, Seconds(6));
        Assert.Equal((3, 3), (_report!.Dropped, Assert.Single(_report.Raw).Dropped));
    }

    [Fact]
    public void A_node_cannot_claim_to_have_missed_more_moments_than_there_were()
    {
        MonitorDaemon daemon = Start();
        Say(daemon, Watched, 0, Seconds(0.5));
        Report(daemon, Seconds(1));
        Say(daemon, Watched, uint.MaxValue, Seconds(1.5));
        Report(daemon, Seconds(2));
        Say(daemon, Watched, 7, Seconds(2.5));
        Report(daemon, Seconds(3));
        Assert.InRange(_report!.Dropped, 0, 3);
    }

    [Fact]
    public void Neither_can_one_whose_samples_are_too_long_and_each_of_these_counts_once()
    {
        MonitorDaemon daemon = Start();
        Say(daemon, Watched, 0, Seconds(0.5));
        Report(daemon, Seconds(1));
        byte[] tooLong = new byte[MonitorDaemon.MostSampleBytes + 1];
        daemon.ReceiveFromLeaf(Watched, new SampleMessage(1, default, tooLong), Seconds(1.5));
        Say(daemon, Watched, 2, Seconds(2.5));
        Report(daemon, Seconds(3));
        Assert.Equal(1, _report!.Dropped);
        for (int second = 0; second < 100; second++)
            daemon.ReceiveFromLeaf(Watched, new SampleMessage(uint.MaxValue, default, tooLong), Seconds(3.5 + second));
        Report(daemon, Seconds(104));
        Assert.InRange(_report.Dropped, 1, 1 + (2 * 100));
    }

    [Fact]
    public void A_node_that_floods_is_counted_once_its_drops_are_its_own_and_others_are_as_before()
    {
        MonitorDaemon daemon = Start();
        for (uint sequence = 0; sequence < 100_000; sequence++)
            Say(daemon, Watched, sequence, Seconds(0.5));
        Say(daemon, Other, 0, Seconds(0.5));
        Report(daemon, Seconds(1));
        Assert.Equal((2, 99_999), (_report!.Contributors, _report.Dropped));
        Assert.Equal(99_999, _report.Raw.Single(raw => raw.Node == NameOf(Watched)).Dropped);
        Assert.Equal(0, _report.Raw.Single(raw => raw.Node == NameOf(Other)).Dropped);
    }

    [Fact]
    public void What_a_node_says_of_who_it_is_changes_nothing_for_its_channel_says_it()
    {
        MonitorDaemon daemon = Start();
        daemon.ReceiveFromLeaf(Watched, new SampleMessage(0, default, Encoding.UTF8.GetBytes($"((node \"{NameOf(Other)}\") (load 9 9 9))")), Seconds(0.5));
        daemon.ReceiveFromLeaf(17, new SampleMessage(0, default, Encoding.UTF8.GetBytes("((load 9 9 9))")), Seconds(0.5));
        Report(daemon, Seconds(1));
        Assert.Equal((1, NameOf(Watched)), (_report!.Contributors, Assert.Single(_report.Raw).Node));
        Datum who = Datum.Parse(Assert.Single(_report.Parts, part => part.Name == "who").Result.Span);
        Assert.Equal($"((who (group (here \"{NameOf(Watched)}\") (others 0))))", who.ToString());
    }

    [Fact]
    public void A_clock_that_leaps_costs_one_sample_and_one_report_not_one_for_each_moment_leapt_over()
    {
        var sent = new List<SampleMessage>();
        var leaf = new MonitorLeaf("vm0.h0", Interval, static () => ("((load 'G one))"u8.ToArray(), "((load 1))"u8.ToArray()), message => sent.Add((SampleMessage)message), TimeSpan.Zero);
        foreach (TimeSpan now in (TimeSpan[])[Seconds(1), TimeSpan.FromDays(3), TimeSpan.FromDays(3)])
            leaf.Tick(now);
        Assert.Equal(2, sent.Count);
        Assert.InRange(leaf.NextTime - TimeSpan.FromDays(3), TimeSpan.Zero, Interval);
        Assert.Equal(TimeSpan.FromDays(3).TotalSeconds, sent[1].Sequence, 1.0);

        MonitorDaemon daemon = Start();
        Say(daemon, Watched, 0, Seconds(0.5));
        int reports = 0;
        _effects.Reported = _ => reports++;
        Report(daemon, TimeSpan.FromDays(3));
        Assert.Equal((1, 0), (reports, _report!.Contributors));
        Assert.InRange(daemon.NextTime - TimeSpan.FromDays(3), TimeSpan.Zero, Interval);
    }

    private static string NameOf(int node) => $"vm{node}.h0";

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static void Say(MonitorDaemon daemon, int node, uint sequence, TimeSpan now) =>
        daemon.ReceiveFromLeaf(node, new SampleMessage(sequence, sequence == 0 ? "((load 'G one five fifteen))"u8.ToArray() : default, "((load 1 1 1))"u8.ToArray()), now);

    /// <summary>A root with two nodes of its own, both of which are watched.</summary>
    private MonitorDaemon Start()
    {
        var daemon = new MonitorDaemon(TreeDaemon.Root, 1, Interval, _effects, (push, _) => _effects.Reported(_report = push), TimeSpan.Zero);
        daemon.Configure(NodeSet.Parse("vm[0-9].h0"), [("who", "(define (sample node s) (list (list 'who (group 'here))))")]);
        foreach (int node in (int[])[Watched, Other])
            daemon.LeafUp(node, NameOf(node), node);
        return daemon;
    }

    private static void Report(MonitorDaemon daemon, TimeSpan now) => daemon.Tick(now);

    private sealed class Lonely : ITreeEffects
    {
        internal Action<PushMessage> Reported { get; set; } = static _ => { };

        public long Connect(long to) => 1;

        public void Send(long link, TreeMessage message)
        {
            // Nobody hears.
        }

        public void Close(long link)
        {
            // Nor is there a link.
        }
    }
}
