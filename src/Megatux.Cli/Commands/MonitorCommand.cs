using System.CommandLine;
using System.Globalization;
using Megatux.Model;
using Megatux.Pushmon;
using static Megatux.Cli.CommandParts;

namespace Megatux.Cli;

/// <summary><c>megatux mon</c>: watches the nodes of an experiment.</summary>
internal sealed class MonitorCommand
{
    private const double LeastSpeed = 0, GreatestSpeed = 1e6;

    private readonly Argument<string?> _set = new("SET")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = $"Nodes to show one by one, a node set as for megatux run; {MonitorClient.MostRawNodes} of them at once. Left out: the hosts.",
    };

    private readonly Option<bool> _once = new("--once") { Description = "Show one report, as a table, and end." };
    private readonly Option<bool> _json = new("--json") { Description = "For programs: an object a line for each report." };
    private readonly Option<string?> _raw = new("--raw") { HelpName = "SET", Description = "Write each sample of these nodes as it is, an S-expression a line." };
    private readonly Option<string?> _program = new("--program")
    {
        HelpName = "FILE",
        Description = "Reduce samples by this program too, under the file's name without its ending, and show what comes of it. It stays when this ends.",
    };

    private readonly Option<string?> _forget = new("--forget") { HelpName = "NAME", Description = "End a reduction." };
    private readonly Option<bool> _programs = new("--programs") { Description = "List the reductions with their programs." };
    private readonly Option<string?> _record = new("--record") { HelpName = "FILE", Description = "Write down all reports that come, a line each; without a terminal, nothing else is shown." };
    private readonly Option<string?> _replay = new("--replay") { HelpName = "FILE", Description = "Show a record instead of an experiment." };
    private readonly Option<double?> _speed = new("--speed") { HelpName = "N", Description = "Replay so many times as fast; 0 for as fast as can be." };
    private readonly Option<string?> _metrics = new("--metrics")
    {
        HelpName = "[ADDRESS:]PORT",
        Description = "Serve what nodes' samples are reduced to at http://ADDRESS:PORT/metrics until this is ended, for Prometheus (OpenMetrics, or its older format). On this machine alone unless an address is given.",
    };

    private MonitorCommand()
    {
    }

    internal static Command Create() => new MonitorCommand().Command();

    private Command Command()
    {
        Option<string?> experiment = ExperimentOption();
        return Of("mon", """
            Watch an experiment's nodes, which say once a second how they are. On a terminal it is a live view: what all nodes say
            above, single nodes below. Keys: q quits, Enter shows a host's guests, Backspace goes back, / filters by a part of the
            name or watches another node set, n b l m r t k u or the arrows sort. Elsewhere it is one report as text.
            Nodes marked by ? say nothing at the moment: shown is what they said last.
            Example: megatux mon
            Example: megatux mon --once 'vm[0-9].laptop0'
            Example: megatux mon --program kernels.scm
            Example: megatux mon --metrics 9464
            """, [_set, _once, _json, _raw, _program, _forget, _programs, _record, _replay, _speed, _metrics, experiment], result => Run(result, experiment));
    }

    private int Run(ParseResult result, Option<string?> experiment)
    {
        RefuseTogether(result, [_raw, _json], [_raw, _program, _forget, _programs, _metrics], [_replay, experiment], [_replay, _record],
            [_replay, _program, _forget, _programs], [_once, _metrics], [_json, _metrics], [_record, _forget], [_record, _programs]);
        if (result.GetValue(_speed) is { } speed && (result.GetValue(_replay) is null || speed is not (>= LeastSpeed and <= GreatestSpeed)))
            throw new MegatuxException(ErrorCodes.MonitorOption, string.Create(CultureInfo.InvariantCulture, $"--speed is {speed}: expected a number from {LeastSpeed} to {GreatestSpeed} beside --replay FILE."));
        if (result.GetValue(_replay) is { } record)
            return Show(result, new ReplaySource(record, result.GetValue(_speed) ?? 1));
        var running = RunningExperiment.Find(result.GetValue(experiment));
        if (result.GetValue(_forget) is { } name)
        {
            running.Monitor().ForgetAsync(name).GetAwaiter().GetResult();
            result.InvocationConfiguration.Output.WriteLine($"{name} is no longer reduced.");
            return 0;
        }

        if (result.GetValue(_programs))
            return List(result, running.Monitor());
        var live = new LiveSource(running);
        if (result.GetValue(_record) is not { } file)
            return Show(result, live);
        using var recording = new RecordingSource(live, file);
        return Show(result, recording);
    }

    private int Show(ParseResult result, IMonitorSource source)
    {
        TextWriter output = result.InvocationConfiguration.Output;
        NodeSet? nodes = (result.GetValue(_raw) ?? result.GetValue(_set)) is { } text ? source.SetOf(text) : null;
        if (result.GetValue(_metrics) is { } address)
            return Serve(source, address, output);
        bool isOnce = result.GetValue(_once), isJson = result.GetValue(_json), isRaw = result.GetValue(_raw) is not null;
        string? reduction = null;
        if (result.GetValue(_program) is { } path)
        {
            var file = ReductionFile.Read(path);
            RunningExperiment.Of(source.Name).Monitor().PutProgramAsync(file.Name, file.Text).GetAwaiter().GetResult();
            reduction = file.Name;
        }

        if (!isOnce && !isJson && !isRaw && reduction is null && Screen.Of(output) is { } screen)
        {
            using var live = new LiveMonitor(source, nodes, output, screen.Profile.Capabilities.ColorSystem != Spectre.Console.ColorSystem.NoColors);
            return live.Run();
        }

        // One report, unless more are wanted.
        bool isRecording = result.GetValue(_record) is not null;
        bool isText = !isJson && !isRaw && reduction is null;
        if (isText && isRecording && !isOnce)
            output.WriteLine($"Records {source.Name}. Ctrl-C ends it.");
        using var interruption = new Interruption();
        new MonitorOutput(source, output)
        {
            Nodes = reduction is null ? nodes ?? (isText && source.Plan is { } plan ? RawNodes.First(plan.Hosts) : null) : null,
            IsOnce = isOnce || (isText && !isRecording),
            IsJson = isJson,
            IsRaw = isRaw,
            IsSilent = isText && isRecording && !isOnce,
            Reduction = reduction,
        }.WriteAsync(interruption.Token).GetAwaiter().GetResult();
        return interruption.ExitCode ?? 0;
    }

    private static int Serve(IMonitorSource source, string address, TextWriter output)
    {
        using var server = MetricsServer.Listen(source.Name, address, out string url);
        using var interruption = new Interruption();
        output.WriteLine($"Serving metrics of {source.Name} at {url}. Ctrl-C ends it.");
        Task serving = server.RunAsync(interruption.Token);
        Task watching = WatchAsync();
        Task.WaitAny(serving, watching);
        if (watching.IsFaulted)
            watching.GetAwaiter().GetResult();
        serving.GetAwaiter().GetResult();
        return 0;

        async Task WatchAsync()
        {
            try
            {
                await foreach (MonitorReport report in source.WatchAsync(null, interruption.Token).ConfigureAwait(false))
                    server.Show(report);
            }
            catch (OperationCanceledException)
            {
                // Ctrl-C.
            }
        }
    }

    private static int List(ParseResult result, MonitorClient client)
    {
        ByteOutput output = ByteOutput.Of(result.InvocationConfiguration.Output);
        foreach ((string name, string text) in client.ProgramsAsync().GetAwaiter().GetResult())
        {
            output.Line($"{ConsoleText.Printable(name)}:");
            foreach (string line in text.TrimEnd().Split('\n'))
                output.Line("  ", System.Text.Encoding.UTF8.GetBytes(line.TrimEnd()));
        }

        output.Flush();
        return 0;
    }

    private static void RefuseTogether(ParseResult result, params ReadOnlySpan<Option[]> groups)
    {
        foreach (Option[] group in groups)
        {
            Option[] given = [.. group.Where(option => result.GetResult(option) is { Implicit: false })];
            if (given.Length > 1)
                throw new MegatuxException(ErrorCodes.MonitorOption, $"{string.Join(" and ", given.Select(option => option.Name))} contradict each other: give one of them.");
        }
    }
}
