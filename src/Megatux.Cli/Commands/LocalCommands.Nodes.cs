using System.CommandLine;
using System.Globalization;
using System.Text;
using Megatux.Agents;
using Megatux.Model;
using static Megatux.Cli.CommandParts;

namespace Megatux.Cli;

// megatux status, ps, reboot, log, exec.
internal static partial class LocalCommands
{
    internal static Command Status()
    {
        Option<string?> experiment = ExperimentOption();
        var json = new Option<bool>("--json") { Description = "For programs." };
        return Of("status", "How the hosts and guests of an experiment on this machine are.\nExample: megatux status", [experiment, json], result =>
        {
            var status = ExperimentStatus.Of(RunningExperiment.Find(result.GetValue(experiment)));
            TextWriter output = result.InvocationConfiguration.Output;
            if (result.GetValue(json))
                output.WriteLine(Encoding.UTF8.GetString(status.Json.Span));
            else
                StatusTable.Write(output, status);
            return 0;
        });
    }

    internal static Command Processes()
    {
        Option<string?> experiment = ExperimentOption();
        var set = new Argument<string?>("SET") { Arity = ArgumentArity.ZeroOrOne, Description = "Guests as a node set; left out: all." };
        return Of("ps", "What each guest takes of this machine: process on its host, memory, processor time.\nExample: megatux ps vm[0-9].laptop0", [set, experiment], result =>
        {
            var running = RunningExperiment.Find(result.GetValue(experiment));
            string nodes = result.GetValue(set) is { } text ? SetOf(running, text) : running.Plan().Everything.ToString();
            TextWriter output = result.InvocationConfiguration.Output;
            output.WriteLine($"{"NODE",-24} {"PID",8} {"MIB",8} {"CPU S",9}");
            foreach (string line in Encoding.UTF8.GetString(running.Ask($"{Verbs.Processes} {nodes}")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                string[] field = line.Split(' ');
                double memory = long.Parse(field[2], CultureInfo.InvariantCulture) / (double)(1 << 20);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{field[0],-24} {field[1],8} {memory,8:0.0} {field[3],9}"));
            }

            return 0;
        });
    }

    internal static Command Reboot()
    {
        Argument<string> set = SetArgument();
        Option<string?> experiment = ExperimentOption();
        return Of("reboot", """
            Start nodes again, or those that are down. A host that starts again takes its guests along; one that was down comes up
            with all of its guests, or if only guests of it are named, with these.
            Example: megatux reboot vm[0-4].laptop1
            """, [set, experiment], result =>
        {
            var running = RunningExperiment.Find(result.GetValue(experiment));
            string nodes = SetOf(running, result.GetValue(set)!);
            running.Ask($"{Verbs.Restart} {nodes}");
            result.InvocationConfiguration.Output.WriteLine($"{nodes} starts again.");
            return 0;
        });
    }

    internal static Command Log()
    {
        Argument<string> node = NodeArgument();
        Option<string?> experiment = ExperimentOption();
        return Of("log", "The end of what a node has written to its console.\nExample: megatux log vm3.laptop1", [node, experiment], result =>
        {
            var running = RunningExperiment.Find(result.GetValue(experiment));
            Node found = NodeOf(running, result.GetValue(node)!);
            string text = Encoding.UTF8.GetString(running.Ask($"{Verbs.Log} {found.Name}"));
            foreach (string line in text.TrimEnd('\n').Split('\n'))
                result.InvocationConfiguration.Output.WriteLine(ConsoleText.Printable(line.TrimEnd('\r')));
            return 0;
        });
    }

    internal static Command Execute()
    {
        Argument<string> node = NodeArgument();
        Option<string?> experiment = ExperimentOption();
        var words = new Argument<string[]>("COMMAND") { Arity = ArgumentArity.OneOrMore, Description = "The command and its arguments, or one text for the shell." };
        return Of("exec", """
            Have one node's shell run a command, over the channel between the node and its host, to look into the node. Exit code: the command's.
            It may take a minute and write 1 MiB.
            Example: megatux exec vm3.laptop1 -- ping -c 1 vm0.laptop0
            """, [node, words, experiment], result =>
        {
            var running = RunningExperiment.Find(result.GetValue(experiment));
            Node found = NodeOf(running, result.GetValue(node)!);
            string request = $"{Verbs.Execute} {found.Name} {string.Join(' ', result.GetValue(words)!)}";
            byte[] answer = running.Ask(request);
            int end = Array.LastIndexOf(answer, (byte)0);

            // A guest chooses what it answers: an end that is no exit code is none.
            if (end >= 0 && int.TryParse(Encoding.UTF8.GetString(answer.AsSpan(end + 1)), NumberStyles.None, CultureInfo.InvariantCulture, out int code))
            {
                result.InvocationConfiguration.Output.Write(Encoding.UTF8.GetString(answer.AsSpan(0, end)));
                return code;
            }

            result.InvocationConfiguration.Output.Write(Encoding.UTF8.GetString(answer));
            throw answer.Length >= ShellCommand.LongestOutput
                ? new MegatuxException(ErrorCodes.AnswerTooLong, $"{found.Name} writes more than {ShellCommand.LongestOutput} bytes, of which the rest is left out: have the command write less, to a file for one.")
                : new MegatuxException(ErrorCodes.NodesNotUp, $"{found.Name} does not answer: see megatux status, and megatux log {found.Name}.");
        });
    }
}
