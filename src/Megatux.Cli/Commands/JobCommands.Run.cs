using System.CommandLine;
using Megatux.Model;
using Megatux.Xproc;
using static Megatux.Cli.CommandParts;

namespace Megatux.Cli;

// megatux run, megatux attach.
internal static partial class JobCommands
{
    /// <summary>The name of the command that starts jobs.</summary>
    internal const string RunName = "run";

    internal static Command Run()
    {
        var set = new Argument<string>("SET")
        {
            Description = "Which nodes: a node set, in which all stands for every guest, allup for those that are up (also allboot, allerror, alldown), "
                + "hosts for every host, everything for both, and @GROUP for a group of the project's: 'all!vm0.h1', hosts, 'allup&@attackers'.",
        };
        var words = new Argument<string[]>("COMMAND") { Arity = ArgumentArity.OneOrMore, Description = "The command and its arguments. One word with blanks or other characters of the shell's is for the node's /bin/sh -c; more words are run as they are." };
        var timeout = SecondsOption("--timeout", "How long the command may run on a node; then it is killed there.");
        var wait = SecondsOption("--wait", "How long to wait for the end; then the job goes on alone.");
        var noInput = new Option<bool>("--no-input", "-n") { Description = "The command reads nothing. Else, where standard input is no terminal, every node reads a copy of it." };
        var detach = new Option<bool>("--detach") { Description = "Print the job's number and return once it is started. It reads nothing." };
        var variables = new Option<string[]>("--env") { HelpName = "NAME=VALUE", Description = "Set a variable of the command's environment; may be given several times." };
        var folder = new Option<string?>("--folder") { HelpName = "PATH", Description = "Where the command starts; else in the node's root." };
        var push = new PushOptions(["--push", "-p"], ["--local", "-l"]);
        var display = new DisplayOptions();
        Option<string?> experiment = ExperimentOption();
        return Of(RunName, $"""
            Run a command on nodes, and show what it writes: lines that nodes write alike within a second once, behind their names.
            Nodes that are not up take no part; who failed is told in the end. Ctrl-C interrupts the command on the nodes; a second
            one within two seconds leaves it alone. The job goes on when this command is killed: see megatux attach.
            {ExitCodes}
            Example: megatux run 'vm[0-49].laptop[0-1]' -- uname -r
            Example: megatux run all 'cat /proc/loadavg | cut -d" " -f1'
            Example: megatux run all -- ./a.out 10
            """, [set, words, .. push.All, .. display.All, noInput, detach, timeout, wait, variables, folder, experiment], result =>
        {
            bool isDetached = result.GetValue(detach), hasInput = !isDetached && !result.GetValue(noInput) && System.Console.IsInputRedirected;
            string[] command = result.GetValue(words)!;
            PushedProgram? program = push.Pack(result, ref command);
            var start = new JobStart
            {
                Program = program,
                Running = RunningExperiment.Find(result.GetValue(experiment)),
                Nodes = result.GetValue(set)!,
                Spec = new JobSpec
                {
                    Words = command,
                    Environment = [.. (result.GetValue(variables) ?? []).Select(Variable)],
                    Folder = result.GetValue(folder),
                    HasInput = hasInput,
                    Limit = Seconds("--timeout", result.GetValue(timeout)),
                },
                Display = isDetached ? null : nodes => display.Display(result, nodes),
                Limit = Seconds("--wait", result.GetValue(wait)),
                IsJson = display.IsJson(result),
            };
            return start.Run(result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        });
    }

    internal static Command Attach()
    {
        Argument<string> job = JobArgument();
        var fromNow = new Option<bool>("--new") { Description = "Leave out what came of it before now." };
        var wait = SecondsOption("--wait", "How long to wait for the end.");
        var display = new DisplayOptions();
        Option<string?> experiment = ExperimentOption();
        return Of("attach", $"""
            Show what has come of a job, and what comes of it until it is over. Ctrl-C interrupts its command on the nodes; a
            second one within two seconds ends the showing alone.
            {ExitCodes}
            Example: megatux attach 3f2a
            """, [job, fromNow, .. display.All, wait, experiment], result =>
        {
            (XprocClient client, JobSummary summary) = Find(result, experiment, job);
            IJobDisplay shown = display.Display(result, summary.Head.Target.Union(summary.Head.NotUp));
            using XprocJob attached = client.AttachAsync(summary.Head.Number, result.GetValue(fromNow)).GetAwaiter().GetResult();
            return JobStart.Follow(client, attached, shown, NodeSet.Empty, Seconds("--wait", result.GetValue(wait)), display.IsJson(result), hasInput: false,
                result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        });
    }

    private static string Variable(string text) => text.IndexOf('=', StringComparison.Ordinal) > 0 ? text
        : throw new MegatuxException(ErrorCodes.JobMalformed, $"--env is '{text}': expected NAME=VALUE.");
}
