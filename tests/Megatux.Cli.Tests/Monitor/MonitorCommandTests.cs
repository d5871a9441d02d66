using System.Text;
using System.Text.Json;
using Megatux.Model;
using Megatux.Pushmon;

namespace Megatux.Cli.Tests;

public sealed class MonitorCommandTests : IDisposable
{
    private readonly WatchedExperiment _experiment = new();

    public void Dispose() => _experiment.Dispose();

    [Fact]
    public void Without_a_terminal_one_report_is_a_table()
    {
        string text = _experiment.Mon().Succeeded().Output;
        foreach (string part in (string[])[$"{_experiment.Name}  2010-02-13 18:02:23 UTC  6 of 8 nodes  samples 0.3 to 1.3 s old  3 dropped",
            "load         0.25      0.50      1.00", "memory      7.81M     9.77M     11.7M", "busiest: vm2.h1 97.5%  vm0.h2 12.5%", "|█▂                 ▂|",
            "6.1.0  vm[0-2].h1", "others  2 nodes", "about 4 different", "kernels: 2 problems, such as: 3:7: no such field"])
            Assert.Contains(part, text, StringComparison.Ordinal);
        string[] hosts = [.. text.TrimEnd().Split('\n')[^2..]];
        Assert.Equal(["h1", "10.0%", "0.05", "8.79M", "2.00K", "3", "12", "0:01"], hosts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("h2", hosts[1], StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
    }

    [Fact]
    public void Reports_for_programs_are_an_object_a_line()
    {
        string[] lines = _experiment.Mon("--once", "--json", "vm[0-1].h2").Succeeded().Output.TrimEnd().Split('\n');
        using var report = JsonDocument.Parse(Assert.Single(lines));
        JsonElement root = report.RootElement;
        Assert.Equal((6, 8), (root.GetProperty("contributors").GetInt32(), root.GetProperty("expected").GetInt32()));
        Assert.Equal(0.5, root.GetProperty("reductions").GetProperty("nodes").GetProperty("load").GetProperty("mean").GetDouble());
        Assert.Equal(42, root.GetProperty("reductions").GetProperty("kernels").GetProperty("own").GetInt32());
        JsonElement sample = root.GetProperty("raw")[1];
        Assert.Equal("vm1.h2", sample.GetProperty("node").GetString());
        Assert.Equal(30000, sample.GetProperty("data").GetProperty("memory").GetProperty("free").GetInt32());
        Assert.Equal("note", sample.GetProperty("data").GetProperty("user")[0][0].GetString());
    }

    [Fact]
    public void Samples_are_written_as_they_are()
    {
        string[] lines = _experiment.Mon("--once", "--raw", "vm1.h1,h2").Succeeded().Output.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("((\"MARK: 1266084143.710273\") 0x4336 \"o0x4336 s1 #1\" \"h2\" ((uptime 1.31) (load 0.05 0.01 0.05)", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"vm1.h1\"", lines[1], StringComparison.Ordinal);
        Assert.All(lines, line => Sexp.Datum.Parse(line));
    }

    [Fact]
    public void A_record_shows_again_what_was_seen()
    {
        using var folder = new TempFolder();
        string record = folder["record"];
        CommandResult recorded = MegatuxProgram.Shell($$"""
            $MEGATUX mon -e {{_experiment.Name}} --record {{record}} 'vm[0-2].h1' > {{folder["said"]}} & monitor=$!
            for i in $(seq 300); do test "$(wc -l < {{record}})" -ge 3 && break; sleep 0.1; done
            kill -TERM $monitor; wait $monitor; echo $?
            """);
        Assert.Equal("143", recorded.Output.Trim());
        Assert.Contains("Ctrl-C ends it", File.ReadAllText(folder["said"]), StringComparison.Ordinal);
        string[] reports = [.. File.ReadAllLines(record)];
        Assert.All(reports, report => Assert.Equal(3, MonitorReport.Parse(Encoding.UTF8.GetBytes(report)).Raw.Count));

        string again = Command.Run(PublishedCommand.Path, ["mon", "--replay", record, "--once"]).Succeeded().Output;
        Assert.Contains("6 of 8 nodes", again, StringComparison.Ordinal);
        Assert.Contains("vm2.h1", again.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
        string[] all = Command.Run(PublishedCommand.Path, ["mon", "--replay", record, "--speed", "0", "--json"]).Succeeded().Output.TrimEnd().Split('\n');
        Assert.Equal(reports.Length, all.Length);
        Assert.Equal(reports.Length, Command.Run(PublishedCommand.Path, ["mon", "--replay", record, "--speed", "0", "--raw", "vm0.h1"]).Succeeded().Output.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public void A_reduction_of_a_file_is_put_shown_listed_and_ended()
    {
        using var folder = new TempFolder();
        string file = folder.Write("kernels.scm", "; Kernels.\n(define (sample node s)\n  (list))\n");
        string shown = _experiment.Mon("--program", file, "--once").Succeeded().Output;
        Assert.Contains("6.1.0  vm[0-2].h1", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("busiest", shown, StringComparison.Ordinal);
        Assert.Equal(["kernels"], _experiment.Root.Programs.Keys);
        Assert.Contains("kernels:\n", _experiment.Mon("--programs").Succeeded().Output, StringComparison.Ordinal);
        _experiment.Mon("--forget", "kernels").Succeeded();
        Assert.Empty(_experiment.Root.Programs);
        CommandResult refused = _experiment.Mon("--program", folder.Write("bad.scm", "\n\n(wrong)"));
        Assert.Equal((CommandRunner.Failed, "error MTX4001: 3:2: 'wrong' is not defined\n"), (refused.ExitCode, refused.Error));
    }

    [Theory]
    [InlineData(ErrorCodes.MonitorOption, "--raw", "h1", "--json")]
    [InlineData(ErrorCodes.MonitorOption, "--speed", "2")]
    [InlineData(ErrorCodes.MonitorOption, "--metrics", "x")]
    [InlineData(ErrorCodes.MonitorOption, "--metrics", "localhost:80")]
    [InlineData(ErrorCodes.MonitorOption, "--metrics", "0")]
    [InlineData(ErrorCodes.MetricsAddressUnusable, "--metrics", "192.0.2.1:9464")]
    [InlineData(ErrorCodes.NodesUnknown, "--once", "vm9.h1")]
    [InlineData(ErrorCodes.NodeSetUnbalancedBracket, "--once", "vm[9.h1")]
    [InlineData(ErrorCodes.ReductionUnreadable, "--program", "/nowhere/x.scm")]
    [InlineData(ErrorCodes.OutputUnwritable, "--record", "/nowhere/x")]
    public void What_cannot_be_done_is_one_line_of_error(string code, params string[] arguments)
    {
        CommandResult result = MegatuxProgram.Run(["mon", "--experiment", _experiment.Name, .. arguments]);
        Assert.Equal(CommandRunner.Failed, result.ExitCode);
        Assert.StartsWith($"error {code}: ", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void An_experiment_without_a_root_is_one_line_of_error()
    {
        _experiment.Root.Dispose();
        CommandResult result = MegatuxProgram.Run("mon", "--experiment", _experiment.Name);
        Assert.StartsWith($"error {ErrorCodes.MonitorUnreachable}: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_shows_an_example() => Assert.Contains("Example: megatux mon", MegatuxProgram.Run("mon", "--help").Output, StringComparison.Ordinal);
}
