using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Megatux.Model;
using Megatux.Xproc;
using static Megatux.Cli.CommandParts;

namespace Megatux.Cli;

// bpsh.
internal static partial class BprocCommands
{
    private const string NodeShell = "/bin/sh";

    internal static Command Shell()
    {
        var words = new Argument<string[]>("[NODES] COMMAND") { Arity = ArgumentArity.OneOrMore, Description = "The nodes, unless -a or -A names them; the command and its arguments." };
        Option<bool> up = Flag("-a", "On all guests that are up."), notDown = Flag("-A", "On all guests that are not down. Those that are not up yet are told as such."),
            noInput = Flag("-n", "The command reads nothing."), none = Flag("-N", "It reads nothing, and nothing of what it writes is shown."),
            lines = Flag("-L", "Show whole lines, as they come; so it is without this option, which is there for those who are used to it."),
            prefix = Flag("-p", "The node's name before each line."), sequential = Flag("-s", "One node's output after the other, in the end."),
            dividers = Flag("-d", "A line with the node's name before its output; with -s."), time = Flag("-t", "Tell how long it took, on standard error.");
        var longest = new Option<int>("-b") { HelpName = "SIZE", DefaultValueFactory = _ => LineSplitter.UsualLongest, Description = "Break lines that are longer than so many bytes." };
        Option<string?> input = File("-I", "The command reads this file of the node."), output = File("-O", "It writes to this file of the node."), error = File("-E", "Its errors go to this file of the node.");
        var push = new PushOptions(["--push"], ["-l", "--local"]);
        Option<string?> experiment = ExperimentOption();
        return Of(ShellName, $"""
            Run a command on nodes, as BProc's bpsh: what each node writes is shown line by line.
            {Nodes}
            Exit code: as of megatux run.
            Example: bpsh -a -p uname -r
            Example: bpsh 0-9 'cat /proc/loadavg'
            """, [words, up, notDown, noInput, none, lines, prefix, sequential, dividers, longest, input, output, error, time, .. push.All, experiment], result =>
        {
            string[] all = result.GetValue(words)!;
            string? named = result.GetValue(up) ? "allup" : result.GetValue(notDown) ? "all!alldown" : null;
            string[] command = named is null ? all[1..] : all;
            if (command.Length == 0)
                throw new MegatuxException(ErrorCodes.JobMalformed, $"There is no command for {all[0]} to run: bpsh NODES COMMAND.");
            if (result.GetValue(longest) is < 1 or > LineSplitter.UsualLongest)
                throw new MegatuxException(ErrorCodes.JobMalformed, $"-b is {result.GetValue(longest)}: expected 1 to {LineSplitter.UsualLongest} bytes.");
            PushedProgram? program = push.Pack(result, ref command);
            TextWriter to = result.InvocationConfiguration.Output, errors = result.InvocationConfiguration.Error;
            bool hasInput = !result.GetValue(noInput) && !result.GetValue(none) && result.GetValue(input) is null && System.Console.IsInputRedirected;
            var clock = Stopwatch.StartNew();
            int code = new JobStart
            {
                Running = RunningExperiment.Find(result.GetValue(experiment)),
                Nodes = named ?? all[0],
                Numbers = true,
                Program = program,
                Spec = new JobSpec { Words = Redirected(command, result.GetValue(input), result.GetValue(output), result.GetValue(error)), HasInput = hasInput },
                Display = _ => result.GetValue(none) ? new NoDisplay()
                    : result.GetValue(sequential)
                        ? new SequentialDisplay(ByteOutput.Of(to), ByteOutput.OfError(errors), result.GetValue(prefix), result.GetValue(dividers), result.GetValue(longest))
                        : new LineDisplay(ByteOutput.Of(to), ByteOutput.OfError(errors), result.GetValue(prefix), result.GetValue(longest)),
            }.Run(to, errors);
            if (result.GetValue(time))
                errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds:0.000} s"));
            return code;
        });
    }

    /// <summary>The words that have a node's shell run a command with files for its streams.</summary>
    internal static string[] Redirected(string[] command, string? input, string? output, string? error)
    {
        (char Name, string Sign, string? File)[] streams = [('i', "<", input), ('o', ">", output), ('e', "2>", error)];
        (char Name, string Sign, string? File)[] given = [.. streams.Where(stream => stream.File is not null)];
        if (given.Length == 0)
            return command;
        string take = string.Concat(given.Select(stream => $"{stream.Name}=$1; shift; "));
        string files = string.Concat(given.Select(stream => $" {stream.Sign}\"${stream.Name}\""));
        return [NodeShell, "-c", $"{take}exec \"$@\"{files}", "sh", .. given.Select(stream => stream.File!), .. command is [var text] ? [NodeShell, "-c", text] : command];
    }

    private static Option<string?> File(string name, string description) => new(name) { HelpName = "FILE", Description = description };
}
