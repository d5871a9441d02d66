namespace Megatux.Cli.Tests;

/// <summary>The view on a terminal of 80 columns and 24 rows.</summary>
public sealed class LiveMonitorTests : IDisposable
{
    private const string Other = "\u001b[?1049h", Back = "\u001b[?1049l", ShowCursor = "\u001b[?25h", Yellow = "\u001b[33m", Reverse = "\u001b[7m", Frame = "\u001b[H";

    private readonly WatchedExperiment _experiment = new();

    public void Dispose() => _experiment.Dispose();

    [Fact]
    public void All_is_seen_on_a_small_screen_and_q_leaves_the_terminal_as_it_was()
    {
        string screen = Type("sleep 1; printf q; sleep 1", out int exitCode);
        Assert.Equal(0, exitCode);
        Assert.Contains(Other, screen, StringComparison.Ordinal);
        Assert.True(screen.LastIndexOf(Back, StringComparison.Ordinal) > screen.LastIndexOf(Other, StringComparison.Ordinal));
        Assert.True(screen.LastIndexOf(ShowCursor, StringComparison.Ordinal) > screen.LastIndexOf(Frame, StringComparison.Ordinal));
        string last = Last(screen);
        foreach (string part in (string[])[_experiment.Name, "6 of 8 nodes", "3 dropped", "load         0.25      0.50      1.00", "busy nodes", "busiest: vm2.h1", "*NODE", "h1", "h2", "q quit"])
            Assert.Contains(part, last, StringComparison.Ordinal);
        string[] lines = last.Split("\r\n");
        Assert.Equal(24, lines.Length);
        Assert.All(lines, line => Assert.InRange(Plain(line).TrimEnd('\r').Length, 0, 80));
    }

    [Fact]
    public void Enter_shows_a_hosts_guests_and_backspace_goes_back()
    {
        string screen = Type("sleep 1; printf '\\033[B'; sleep 0.3; printf '\\r'; sleep 1; printf b; sleep 0.5; printf '\\177'; sleep 1; printf q; sleep 1", out _);
        string[] frames = Frames(screen);
        string guests = frames.Last(frame => frame.Contains("h2 > guests", StringComparison.Ordinal));
        Assert.Contains("*BUSY", guests, StringComparison.Ordinal);
        Assert.True(guests.IndexOf("vm2.h2", StringComparison.Ordinal) < guests.IndexOf("vm0.h2  ", StringComparison.Ordinal), guests);
        Assert.Contains($"{Reverse} h2", Last(screen), StringComparison.Ordinal);
        Assert.Equal(["(watch \"h[1-2]\")", "(watch \"vm[0-2].h2\")", "(watch \"h[1-2]\")"], _experiment.Root.Requests);
    }

    [Fact]
    public void A_filter_leaves_rows_out_and_another_set_is_watched_instead()
    {
        string screen = Type("sleep 1; printf '/2\\r'; sleep 1; printf '\\033'; sleep 1; printf '/vm[0-1].h1\\r'; sleep 1; printf q; sleep 1", out _);
        string filtered = Frames(screen).Last(frame => frame.Contains("filter 2", StringComparison.Ordinal));
        Assert.Contains(Reverse + " h2", filtered, StringComparison.Ordinal);
        Assert.DoesNotContain(" h1 ", filtered, StringComparison.Ordinal);
        Assert.Contains("vm1.h1", Last(screen), StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_says_nothing_more_keeps_its_values_and_is_marked()
    {
        _experiment.Silent = "h2";
        string stale = Last(Type("sleep 2; printf q; sleep 1", out _));
        Assert.Contains($"{Yellow}?h2          20.0%", stale, StringComparison.Ordinal);
        string uncoloured = Last(Type("sleep 2; printf q; sleep 1", out _, noColor: true));
        Assert.Contains("?h2          20.0%", uncoloured, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[3", uncoloured, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_is_a_view_too_and_Ctrl_C_leaves_it()
    {
        using var folder = new TempFolder();
        string record = folder.Write("record", string.Concat(Enumerable.Range(1, 3).Select(number =>
            MonitorReports.Report(number, MonitorReports.Sample("h1", number), MonitorReports.Sample("vm0.h1", number)) + "\n")));
        string screen = OnTerminal("sleep 1; printf '\\r'; sleep 0.5; printf '\\003'; sleep 1", $"--replay {record} --speed 100", out int exitCode, noColor: false);
        Assert.Equal(130, exitCode);
        Assert.Contains("18:02:25", Last(screen), StringComparison.Ordinal);
        Assert.Contains("h1 > guests", Last(screen), StringComparison.Ordinal);
        Assert.Contains("vm0.h1", Last(screen), StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_that_takes_no_escapes_gets_a_table()
    {
        CommandResult result = Command.Run("sh", ["-c", $"true | script -qec '{PublishedCommand.Path} mon -e {_experiment.Name}' /dev/null"],
            environment: new Dictionary<string, string?> { ["TERM"] = "dumb" });
        Assert.Contains("6 of 8 nodes", result.Succeeded().Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Frame, result.Output, StringComparison.Ordinal);
    }

    private string Type(string keys, out int exitCode, bool noColor = false) => OnTerminal(keys, $"--experiment {_experiment.Name}", out exitCode, noColor);

    private static string OnTerminal(string keys, string arguments, out int exitCode, bool noColor)
    {
        CommandResult result = Command.Run("sh", ["-c", $"{{ {keys}; }} | script -qec 'stty cols 80 rows 24; env --default-signal=INT,HUP,TERM {PublishedCommand.Path} mon {arguments}' /dev/null"],
            deadline: TimeSpan.FromSeconds(60), environment: new Dictionary<string, string?> { ["TERM"] = "xterm", ["NO_COLOR"] = noColor ? "1" : null });
        exitCode = result.ExitCode;
        return result.Output;
    }

    private static string[] Frames(string screen) => screen[..screen.LastIndexOf(ShowCursor, StringComparison.Ordinal)].Split(Frame)[1..];

    private static string Last(string screen) => Frames(screen)[^1];

    private static string Plain(string line) => System.Text.RegularExpressions.Regex.Replace(line, "\u001b\\[[0-9;?]*[A-Za-z]", "");
}
