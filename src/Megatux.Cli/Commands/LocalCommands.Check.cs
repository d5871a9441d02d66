using System.CommandLine;
using System.Globalization;
using System.Text;
using Megatux.Agents;
using Megatux.Model;
using static Megatux.Cli.CommandParts;

namespace Megatux.Cli;

// megatux check.
internal static partial class LocalCommands
{
    private const int PingSeconds = 5;

    internal static Command Check()
    {
        Argument<string?> experiment = new("EXPERIMENT") { Arity = ArgumentArity.ZeroOrOne, Description = "The experiment, by its name or file; left out: the only one that runs." };
        return Of("check", """
            Prove that guests reach each other: of the guests that are up, the first of each host pings all of the next host by their names.
            Exit code 0: all answer; 1: some do not.
            Example: megatux check laptop
            """, [experiment], result =>
        {
            var running = RunningExperiment.Find(result.GetValue(experiment));
            Experiment plan = running.Plan();
            NodeSet up = ExperimentStatus.Of(running).Guests("up");
            List<(long Host, List<int> Guests)> hosts = [.. Enumerable.Range(0, checked((int)plan.HostCount)).Select(host => ((long)host, GuestsOf(plan, host, up))).Where(host => host.Item2.Count > 0)];
            NodeSet silent = NodeSet.Empty;
            for (int at = 0; at < hosts.Count; at++)
            {
                (long host, List<int> guests) = hosts[(at + 1) % hosts.Count];
                silent = silent.Union(SilentTo(running, plan.GuestName(hosts[at].Host, hosts[at].Guests[0]), plan.HostName(host), guests));
            }

            result.InvocationConfiguration.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{up.Count - silent.Count} of {up.Count} guests that are up answer when called by name{(silent.Count > 0 ? $"; not: {silent}" : "")}."));
            return silent.Count == 0 && up.Count > 0 ? 0 : 1;
        });
    }

    private static List<int> GuestsOf(Experiment plan, long host, NodeSet nodes) =>
        [.. Enumerable.Range(0, plan.VmsPerHost).Where(guest => nodes.Contains(plan.GuestName(host, guest)))];

    /// <summary>The guests of a host that do not answer one of another.</summary>
    private static NodeSet SilentTo(RunningExperiment running, string from, string host, List<int> guests)
    {
        // What all guests of a host are called in a request must be short, whichever of them are up.
        string command = $"for r in {NumberRuns.Write(guests, ' ')}; do i=${{r%-*}}; while [ $i -le ${{r#*-}} ]; do "
            + $"ping -c 1 -W {PingSeconds} vm$i.{host} >/dev/null 2>&1 || echo vm$i.{host}; i=$((i+1)); done; done; echo done";
        string[] said = Encoding.UTF8.GetString(running.Ask($"{Verbs.Execute} {from} {command}")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return NodeSet.UnionOf(said.Contains("done")
            ? said.TakeWhile(line => line != "done").Select(line => NodeSet.Parse(line))
            : guests.Select(guest => NodeSet.Parse(string.Create(CultureInfo.InvariantCulture, $"vm{guest}.{host}"))));
    }
}
