using System.Text;
using Megatux.Pushmon;

namespace Megatux.Simulator.Tests;

/// <summary>Monitoring beside jobs. What must hold of reports is looked at in each, in every run of all tests; here is that it would be found if it did not.</summary>
public sealed class MonitoringTests
{
    private const int Deadline = 120_000, MostRuns = 40;

    /// <summary>What daemons do wrong, by what they push instead, and what is found of it.</summary>
    private static readonly Dictionary<string, (Func<Func<PushMessage, PushMessage>> Make, string Found)> Wrongs = new()
    {
        ["does not say whose samples it has"] = (() => static push => push with { Coverage = new RankSet() }, "counts each node once"),
        ["counts one more than there is"] = (() => static push => push with { Contributors = push.Contributors + 1 }, "in a report"),
        ["says nothing of its nodes"] = (() => static push => push.Rank == 2 ? push with { Contributors = 0, Parts = [] } : push, "a report has exactly"),
        ["says that all is new"] = (() => static push => push with { Ages = default }, "ages are told as they are"),
        ["keeps what is too old"] = (() => static push => push with { Ages = (push.Ages.Oldest + TimeSpan.FromHours(1), push.Ages.Newest) }, "is in no report"),
        ["makes a number up"] = (() => static push => With(push, "(number (stat ", "(number (stat 1"), "one of everything"),
        ["says of a node what another said"] = (() => static push => push.Rank == 2 ? With(push, "h2\"", "h1\"") : push, "come to"),
        ["sends watched samples twice"] = (() => static push => push with { Raw = [.. push.Raw, .. push.Raw] }, "comes once"),
        ["says again what it said before"] = (Repeat, "ages are told as they are"),
        ["says that it goes by a program before it does"] = (Boast, "is what its version"),
        ["drops samples"] = (() => static push => push with { Dropped = push.Dropped + push.Sequence / 20 }, "nothing is dropped"),
    };

    public static TheoryData<string> Names => [.. Wrongs.Keys];

    [Theory(Timeout = Deadline)]
    [MemberData(nameof(Names))]
    public async Task A_daemon_that_is_wrong_is_found_out(string wrong)
    {
        (Func<Func<PushMessage, PushMessage>> make, string found) = Wrongs[wrong];
        var violations = new List<string>();
        await Task.Run(() =>
        {
            for (int seed = 0; seed < MostRuns && !violations.Exists(IsIt); seed++)
            {
                try
                {
                    Simulation.Run(Runs.OptionsOf("all", seed) with { HasPrograms = false, Falsify = make() });
                }
                catch (InvariantViolatedException violation)
                {
                    violations.Add(violation.Message);
                }
            }
        }, TestContext.Current.CancellationToken);
        Assert.True(violations.Exists(IsIt), string.Join('\n', violations));

        bool IsIt(string violation) => violation.Contains(found, StringComparison.Ordinal);
    }

    [Fact]
    public void What_comes_to_the_root_is_small_and_its_oldest_sample_as_old_as_levels_have_intervals()
    {
        SimulatedMonitoring monitoring = Runs.Of("none", 4, 60, 3).Monitoring!;

        // Hosts, those that they push to, and the root.
        Assert.InRange(monitoring.WorstExactAge, monitoring.Interval, 3 * monitoring.Interval + TimeSpan.FromMilliseconds(50));
        Assert.InRange(monitoring.Exact, 4, monitoring.Reports);
        Assert.InRange(monitoring.MostBytes, 1000, 32 << 10);
    }

    private static PushMessage With(PushMessage push, string before, string after) => push with
    {
        Parts = [.. push.Parts.Select(part => part with { Result = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(part.Result.Span).Replace(before, after, StringComparison.Ordinal)) })],
    };

    // What a host's nodes said long ago, as if it were of now.
    private static Func<PushMessage, PushMessage> Repeat()
    {
        PushMessage? first = null;
        return push => push.Rank != 2 || push.Parts.Count == 0 ? push
            : first is not null && first.Configuration == push.Configuration ? push with { Parts = first.Parts, Contributors = first.Contributors } : first = push;
    }

    private static Func<PushMessage, PushMessage> Boast()
    {
        long latest = 0;
        return push => push with { Configuration = latest = Math.Max(latest, push.Configuration) };
    }
}
