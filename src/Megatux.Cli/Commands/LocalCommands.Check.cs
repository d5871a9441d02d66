using System.CommandLine;
using System.Globalization;
using System.Text;
using Megatux.Agents;
using Megatux.Model;

namespace Megatux.Cli;

// megatux check.
internal static partial class LocalCommands
{
    private const int PingSeconds = 5;

    internal static Command Check()
    {
        Argument<string?> experiment = new("EXPERIMENT") { Arity = ArgumentArity.ZeroOrOne, Description = "The experiment, by its name or file; left out: the only one that runs." };
        return Of("check", """
            Prove that guests reach each other: the first guest of each host pings all guests of the next host by their names.
            Exit code 0: all answer; 1: some do not.
            Example: megatux check laptop
            """, [experiment], result =>
        {
            var running = RunningExperiment.Find(result.GetValue(experiment));
            Experiment plan = running.Plan();
            NodeSet silent = NodeSet.Empty;
            for (long host = 0; host < plan.HostCount && plan.VmsPerHost > 0; host++)
                silent = silent.Union(SilentTo(running, plan.GuestName(host, 0), plan.HostName((host + 1) % plan.HostCount), plan.VmsPerHost));
            result.InvocationConfiguration.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{plan.GuestCount - silent.Count} of {plan.GuestCount} guests answer when called by name{(silent.Count > 0 ? $"; not: {silent}" : "")}."));
            return silent.Count == 0 ? 0 : 1;
        });
    }

    /// <summary>The guests of a host that do not answer one of another.</summary>
    private static NodeSet SilentTo(RunningExperiment running, string from, string host, int count)
    {
        string guests = string.Create(CultureInfo.InvariantCulture, $"vm[0-{count - 1}].{host}");
        string command = string.Create(CultureInfo.InvariantCulture,
            $"i=0; while [ $i -lt {count} ]; do ping -c 1 -W {PingSeconds} vm$i.{host} >/dev/null 2>&1 || echo vm$i.{host}; i=$((i+1)); done; echo done");
        string[] said = Encoding.UTF8.GetString(running.Ask($"{Verbs.Execute} {from} {command}")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return said.Contains("done") ? NodeSet.UnionOf(said.TakeWhile(line => line != "done").Select(line => NodeSet.Parse(line))) : NodeSet.Parse(guests);
    }
}
