using System.Diagnostics;
using System.Text.Json;
using Megatux.Model;

namespace Megatux.EndToEnd.Tests;

/// <summary>A thousand containers, and a hundred machines of their own kernel, while the tree's daemons die at random.</summary>
[Collection(nameof(LocalBootTests))]
public sealed class LocalJobChaosTests
{
    // Few ticks: a thousand nodes that start a program each second keep a machine busy with that alone.
    private const int Kills = 12, Seconds = 15, Ticks = 3;

    [Theory]
    [InlineData("container", 500)]
    [InlineData("uml", 50)]
    public async Task Whichever_daemons_are_killed_every_node_answers_each_job_once_and_what_runs_goes_on(string hypervisor, int guests)
    {
        NodeSet all = NodeSet.Parse($"vm[0-{guests - 1}].h[7-8]");
        using var local = new LocalExperiment(hypervisor, "<VmNetmask>255.255.248.0</VmNetmask>", guests: guests);
        local.Boot().Succeeded();
        local.AwaitTree();
        string ticks = local.Job("run", "--detach", "all", "--", $"i=0; while [ $i -lt {Ticks} ]; do echo tick-$i; i=$((i+1)); sleep {Seconds / Ticks}; done").Succeeded().Output.Trim();

        // On a thread of its own: those of the pool are busy with what commands write.
        Task killing = Task.Factory.StartNew(() => Kill(local), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        int answers = 0;
        while (!killing.IsCompleted)
            answers += Answered(local, all).IsEmpty ? 0 : 1;
        await killing;
        Assert.InRange(answers, 1, int.MaxValue);
        Dictionary<string, NodeSet> said = ByText(local.Job("attach", "--json", ticks).Succeeded(), out JsonElement result);
        Assert.Equal(all.ToString(), result.GetProperty("succeeded").GetString());
        Assert.Equal(Enumerable.Range(0, Ticks).Select(tick => $"tick-{tick}\n").Order(), said.Keys.Order());
        Assert.All(said.Values, nodes => Assert.Equal(all, nodes));


        // The last kill may be a moment ago, and not everybody has heard of it.
        Assert.True(SpinWait.SpinUntil(() => Answered(local, all).Equals(all), TimeSpan.FromSeconds(60)), "not all answer");
        using (var status = JsonDocument.Parse(local.Status()))
            Assert.Equal((0, 0), (status.RootElement.GetProperty("failures").GetInt64(), status.RootElement.GetProperty("hostFailures").GetInt64()));
        local.Halt().Succeeded();
    }

    /// <summary>Kills daemons: which, and after which pauses, is drawn from a seed.</summary>
    private static void Kill(LocalExperiment local)
    {
        var random = new Random(7);
        for (int kills = 0; kills < Kills;)
        {
            Thread.Sleep(random.Next(300, 1500));
            if (local.TreeDaemons().ToArray() is not { Length: > 0 } daemons)
                continue;
            using var daemon = Process.GetProcessById(daemons[random.Next(daemons.Length)]);
            daemon.Kill();
            kills++;
        }
    }

    /// <summary>Runs a command on all: who answers does so once, and of the others it is said that they were not up.</summary>
    private static NodeSet Answered(LocalExperiment local, NodeSet all)
    {
        CommandResult run = local.Job("run", "--no-input", "--json", "--wait", "60", "all", "--", "echo", "here");

        // While there is no root, or it has not heard of anyone.
        if (run.Output.Length == 0)
            return NodeSet.Empty;
        Dictionary<string, NodeSet> said = ByText(run, out JsonElement result);
        NodeSet Part(string name) => NodeSet.Parse(result.GetProperty(name).GetString()!);
        Assert.Equal(("", "", ""), (result.GetProperty("refused").GetString(), result.GetProperty("lost").GetString(), result.GetProperty("pending").GetString()));
        Assert.Equal(all, Part("succeeded").Union(Part("notUp")));
        Assert.Equal(all.Count, Part("succeeded").Count + Part("notUp").Count);
        Assert.Equal(Part("succeeded"), said.GetValueOrDefault("here\n", NodeSet.Empty));
        return Part("succeeded");
    }

    /// <summary>Who wrote what; nobody may have written it twice.</summary>
    private static Dictionary<string, NodeSet> ByText(CommandResult output, out JsonElement result)
    {
        var said = new Dictionary<string, NodeSet>();
        result = default;
        foreach (string line in output.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            JsonElement parsed = JsonDocument.Parse(line).RootElement;
            if (parsed.TryGetProperty("result", out JsonElement last))
                result = last;
            if (!parsed.TryGetProperty("text", out JsonElement text))
                continue;

            // What a node wrote within a moment comes as one.
            NodeSet nodes = NodeSet.Parse(parsed.GetProperty("nodes").GetString()!);
            foreach (string written in text.GetString()!.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(one => $"{one}\n"))
            {
                NodeSet before = said.GetValueOrDefault(written, NodeSet.Empty);
                Assert.True(before.Intersect(nodes).IsEmpty, $"{before.Intersect(nodes)} wrote {written} twice");
                said[written] = before.Union(nodes);
            }
        }

        return said;
    }
}
