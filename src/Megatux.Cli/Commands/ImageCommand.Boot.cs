using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Runtime.InteropServices;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary><c>megatux image boot</c>.</summary>
internal static partial class ImageCommand
{
    /// <summary>What shells give for a command that Ctrl-C ended.</summary>
    private const int Interrupted = 130;

    private const double ShortestTimeout = 0.1, UsualTimeout = 120, LongestTimeout = 86_400;

    private static Command Boot()
    {
        var experiment = new Argument<string>("EXPERIMENT")
        {
            Description = "A built experiment: its .megatux file, the folder of that, or an experiment.json.",
        };
        var node = new Argument<string?>("NODE")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "The host or guest whose image boots. Left out: the first guest.",
        };
        var timeout = new Option<double>("--timeout")
        {
            HelpName = "SECONDS",
            DefaultValueFactory = _ => UsualTimeout,
            CustomParser = ParseTimeout,
            Description = "How long the node may take to come up.",
        };
        var console = new Option<bool>("--console") { Description = "Show the node's console as it boots, not only when it fails." };
        var kernelArguments = new Option<string[]>("--kernel-args")
        {
            HelpName = "WORDS",
            DefaultValueFactory = _ => [],
            Description = "More words for the kernel's command line, such as \"loglevel=7 megatux.shell\".",
        };
        var command = new Command("boot", """
            Boot the image of one node on this machine, without network, until it says that it is up; then it is powered off.
            Hosts boot under QEMU's emulation, guests under the experiment's hypervisor. Exit code 0: it came up; 1: it did not.
            Example: megatux image boot experiments/laptop vm0.laptop0
            """)
        {
            experiment, node, timeout, console, kernelArguments,
        };
        command.SetAction((result, stop) => CommandRunner.GuardAsync(async () =>
        {
            ExperimentFile file = ExperimentFile.Find(result.GetValue(experiment)!);
            Manifest manifest = file.Load();
            var image = BootImage.Of(manifest, file.ManifestPath, result.GetValue(node));
            TextWriter output = result.InvocationConfiguration.Output, error = result.InvocationConfiguration.Error;
            string[] words = [.. result.GetValue(kernelArguments)!.SelectMany(text => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))];
            TimeSpan limit = TimeSpan.FromSeconds(result.GetValue(timeout));
            return await BootAsync(image, words, limit, result.GetValue(console) ? output : null, output, error, stop).ConfigureAwait(false);
        }, result.InvocationConfiguration.Error));
        return command;
    }

    private static double ParseTimeout(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)
            && seconds is >= ShortestTimeout and <= LongestTimeout)
            return seconds;
        result.AddError(FormattableString.Invariant($"--timeout is '{text}': expected a number of seconds from {ShortestTimeout} to {LongestTimeout}."));
        return 0;
    }

    private static async Task<int> BootAsync(
        BootImage image, string[] words, TimeSpan limit, TextWriter? console, TextWriter output, TextWriter error, CancellationToken stop)
    {
        // A terminal that is closed ends the command like Ctrl-C: what it started must not stay.
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using PosixSignalRegistration closed = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            stopped.Cancel();
        });
        try
        {
            var session = new BootSession();
            await using (session.ConfigureAwait(false))
            {
                BootReport report = await session.RunAsync(image, words, limit, console, stopped.Token).ConfigureAwait(false);
                return Tell(report, consoleWasShown: console is not null, output, error);
            }
        }
        catch (OperationCanceledException)
        {
            error.WriteLine($"{image.Node.Name} was stopped before it was up.");
            return Interrupted;
        }
    }

    private static int Tell(BootReport report, bool consoleWasShown, TextWriter output, TextWriter error)
    {
        if (report.Problem is not { } problem)
        {
            output.WriteLine(report.Summary);
            return 0;
        }

        if (!consoleWasShown && report.LastLines.Count > 0)
        {
            error.WriteLine("The console's last lines:");
            foreach (string line in report.LastLines)
                error.WriteLine($"  {line}");
        }

        error.WriteLine(problem);
        return 1;
    }
}
