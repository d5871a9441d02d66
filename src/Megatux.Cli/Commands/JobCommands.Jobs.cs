using System.CommandLine;
using System.Globalization;
using Megatux.Model;
using Megatux.Tree;
using Megatux.Xproc;
using static Megatux.Cli.CommandParts;

namespace Megatux.Cli;

// megatux jobs, kill, stat.
internal static partial class JobCommands
{
    internal static Command Jobs()
    {
        var json = new Option<bool>("--json") { Description = "For programs: an object a line." };
        Option<string?> experiment = ExperimentOption();
        return Of("jobs", """
            The jobs of an experiment: those that run, and the last hundred that are over, the earliest first.
            Example: megatux jobs
            """, [json, experiment], result =>
        {
            XprocClient client = RunningExperiment.Find(result.GetValue(experiment)).Jobs();
            ByteOutput output = ByteOutput.Of(result.InvocationConfiguration.Output);
            IReadOnlyList<JobSummary> jobs = client.ListAsync().GetAwaiter().GetResult();
            if (!result.GetValue(json))
                output.Line($"{"JOB",-16}  {"STARTED",-19}  {"STATE",-7}  {"NODES",8}  {"OK",8}  {"FAILED",8}  {"NOT RUN",8}  COMMAND");
            foreach (JobSummary job in jobs)
            {
                if (result.GetValue(json))
                    output.Write(JobJson.Of(job));
                else
                    output.Line(Row(job));
            }

            output.Flush();
            return 0;
        });
    }

    internal static Command Kill()
    {
        Argument<string> job = JobArgument();
        var signal = new Option<string>("--signal", "-s") { HelpName = "SIGNAL", DefaultValueFactory = _ => "TERM", Description = "Which signal, by name or number." };
        var set = new Option<string?>("--nodes") { HelpName = "SET", Description = "On these nodes only, as megatux run has them." };
        var giveUp = new Option<bool>("--give-up") { Description = "Kill the processes, and wait for them no longer: who has not ended the job counts as lost." };
        Option<string?> experiment = ExperimentOption();
        return Of("kill", """
            Send a signal to the processes of a job, on the nodes that have not ended it.
            Example: megatux kill 3f2a --signal INT --nodes 'vm[0-4].laptop0'
            """, [job, signal, set, giveUp, experiment], result =>
        {
            int number = SignalNames.Number(result.GetValue(signal)!);
            (XprocClient client, JobSummary summary) = Find(result, experiment, job);
            NodeSet? nodes = null;
            if (result.GetValue(set) is { } text)
            {
                Experiment plan = RunningExperiment.Find(result.GetValue(experiment)).Plan();
                nodes = NodeSelection.Of(plan, text, () => client.NodesAsync().GetAwaiter().GetResult());
                if (nodes.Intersect(summary.Head.Target).IsEmpty)
                    throw new MegatuxException(ErrorCodes.NodesUnknown, $"'{text}' names no node of the job: its nodes are {summary.Head.Target}.");
            }

            Task done = result.GetValue(giveUp) ? client.GiveUpAsync(summary.Head.Number, nodes) : client.SignalAsync(summary.Head.Number, number, nodes);
            done.GetAwaiter().GetResult();
            return 0;
        });
    }

    internal static Command Stat()
    {
        var json = new Option<bool>("--json") { Description = "For programs." };
        Option<string?> experiment = ExperimentOption();
        return Of("stat", """
            How the hosts and guests of an experiment are, as its root knows without asking anyone: those that are up can be given work.
            Example: megatux stat
            """, [json, experiment], result =>
        {
            var running = RunningExperiment.Find(result.GetValue(experiment));
            Experiment plan = running.Plan();
            NodeStates states = running.Jobs().NodesAsync().GetAwaiter().GetResult();
            NodeSet down = NodeSelection.DownOf(plan, states);
            ByteOutput output = ByteOutput.Of(result.InvocationConfiguration.Output);
            if (result.GetValue(json))
                output.Write(JobJson.Of(states, down));
            else
                WriteStates(output, plan, states, down);
            output.Flush();
            return 0;
        });
    }

    private static void WriteStates(ByteOutput output, Experiment plan, NodeStates states, NodeSet down)
    {
        output.Line($"{"STATE",-5} {"COUNT",10}  NODES");
        foreach ((string name, NodeSet nodes) in (ReadOnlySpan<(string, NodeSet)>)[("up", states.Up), ("boot", states.Boot), ("error", states.Error), ("down", down)])
            if (!nodes.IsEmpty)
                output.Line(string.Create(CultureInfo.InvariantCulture, $"{name,-5} {nodes.Count,10}  {nodes}"));
        output.Line(string.Create(CultureInfo.InvariantCulture, $"{"total",-5} {plan.Everything.Count,10}"));
    }

    private static string Row(JobSummary job)
    {
        JobResult result = job.Result;
        long notRun = result.Refused.Count + result.Lost.Count + result.NotUp.Count;
        string command = ConsoleText.Printable(string.Join(' ', job.Head.Spec.Words).Replace('\n', ' '));
        return string.Create(CultureInfo.InvariantCulture,
            $"{JobNumber.Text(job.Head.Number)}  {job.Head.Started.LocalDateTime:yyyy-MM-dd HH:mm:ss}  {(job.Ended is null && !result.Pending.IsEmpty ? "running" : "over"),-7}  {result.Count,8}  {result.Succeeded.Count,8}  {result.Failed.Count,8}  {notRun,8}  {command}");
    }
}
