using Megatux.Building;

namespace Megatux.Build.Tests;

/// <summary>Programs stand in for test programs; each is called with <c>-xml FILE</c> last, as xunit's are.</summary>
public sealed class TestRunTests : IDisposable
{
    private const string Mixed = """
        <assemblies><assembly name="x" total="4" passed="9" failed="0"><errors/>
        <collection><test name="good" result="Pass"/><test name="bad" result="Fail"><failure><message>expected 1</message><stack-trace>at bad()</stack-trace></failure></test>
        <test name="later" result="Skip"><reason>no root</reason></test><test name="explicit" result="NotRun"/></collection></assembly></assemblies>
        """;

    private const string Good = """<assemblies><assembly><collection><test name="good" result="Pass"/></collection></assembly></assemblies>""";

    private const string NoTests = "<assemblies><assembly/></assemblies>";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Counts_come_from_the_tests_themselves_and_add_up()
    {
        TestTotals totals = Run(null, ("One", Leaving(Mixed, exitCode: 1)), ("Two", Leaving(Good)));
        Assert.Equal("2 passed, 1 failed, 1 skipped", totals.ClosingLine);
        Assert.Equal([new TestRemark("bad", "expected 1\nat bad()")], totals.Failures);
        Assert.Equal([new TestRemark("later", "no root")], totals.Skips);
        Assert.False(totals.Succeeded);
    }

    [Fact]
    public void Without_skips_the_closing_line_does_not_speak_of_them()
    {
        TestTotals totals = Run(null, ("One", Leaving(Good)));
        Assert.Equal("1 passed, 0 failed", totals.ClosingLine);
        Assert.True(totals.Succeeded);
    }

    [Theory]
    [InlineData("kill -SEGV $$", "left no results")]
    [InlineData("exit 0", "exit code 0 and left no results")]
    [InlineData("printf '<assemblies><assembly>' >\"$file\"", "left broken results")]
    public void A_program_that_dies_counts_as_a_failure_that_names_it(string script, string message)
    {
        TestTotals totals = Run(null, ("Dying.Tests", script), ("Two", Leaving(Good)));
        Assert.Equal("1 passed, 1 failed", totals.ClosingLine);
        TestRemark failure = Assert.Single(totals.Failures);
        Assert.Equal("Dying.Tests", failure.Name);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_dies_after_its_last_test_counts_as_a_failure()
    {
        TestTotals totals = Run(null, ("Late", $"{Leaving(Good)}; kill -SEGV $$"));
        Assert.Equal("1 passed, 1 failed", totals.ClosingLine);
        Assert.Contains("exit code 139", Assert.Single(totals.Failures).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_fails_around_the_tests_is_a_failure()
    {
        const string cleanUp = """<assemblies><assembly><errors><error type="test-class-cleanup" name="Fixture"><failure><message>busy</message></failure></error></errors><collection><test name="good" result="Pass"/></collection></assembly></assemblies>""";
        TestTotals totals = Run(null, ("One", Leaving(cleanUp, exitCode: 1)));
        Assert.Equal([new TestRemark("Fixture (test-class-cleanup)", "busy")], totals.Failures);
    }

    [Fact]
    public void What_a_program_leaves_in_its_temporary_folder_is_a_failure_and_is_removed()
    {
        string where = _folder["where"];
        TestTotals totals = Run(null, ("Untidy", $"echo $TMPDIR >{where}; mkdir $TMPDIR/megatux-boot-1; {Leaving(Good)}"));
        Assert.Equal("1 passed, 1 failed", totals.ClosingLine);
        Assert.Contains("left megatux-boot-1", Assert.Single(totals.Failures).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(File.ReadAllText(where).Trim()));
    }

    [Fact]
    public void What_others_leave_in_the_temporary_folder_is_only_removed()
    {
        string where = _folder["where"];
        TestTotals totals = Run(null, ("Tidy", $"echo $TMPDIR >{where}; mkdir $TMPDIR/other; {Leaving(Good)}"));
        Assert.Equal("1 passed, 0 failed", totals.ClosingLine);
        Assert.False(Directory.Exists(File.ReadAllText(where).Trim()));
    }

    [Fact]
    public void A_program_over_its_deadline_is_killed_with_its_children()
    {
        string pid = _folder["pid"];
        TestTotals totals = Run(null, TimeSpan.FromMilliseconds(500), ("Slow", $"sleep 300 & echo $! >{pid}; wait"));
        Assert.Contains("was killed", Assert.Single(totals.Failures).Message, StringComparison.Ordinal);
        string child = $"/proc/{File.ReadAllText(pid).Trim()}/stat";
        Assert.True(SpinWait.SpinUntil(() => !File.Exists(child) || File.ReadAllText(child).Contains(") Z", StringComparison.Ordinal),
            TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void A_program_without_tests_is_a_failure_unless_a_filter_left_none()
    {
        Assert.Contains("holds no tests", Assert.Single(Run(null, ("Empty", Leaving(NoTests))).Failures).Message, StringComparison.Ordinal);
        TestTotals filtered = Run("*x*", ("Empty", Leaving(NoTests)));
        Assert.Equal("0 passed, 0 failed", filtered.ClosingLine);
        Assert.False(filtered.Succeeded);
    }

    [Fact]
    public void A_program_that_was_not_built_is_a_failure()
    {
        var run = new TestRun(_folder["results"], TestRun.Deadline, TextWriter.Null);
        Assert.Equal("0 passed, 1 failed", run.Run([new TestProgram("Gone", _folder["gone"])], null).ClosingLine);
    }

    [Fact]
    public void A_program_that_cannot_be_started_is_a_failure()
    {
        var run = new TestRun(_folder["results"], TestRun.Deadline, TextWriter.Null);
        TestTotals totals = run.Run([new TestProgram("Text", _folder.Write("text", "no program"))], null);
        Assert.Contains("could not be started", Assert.Single(totals.Failures).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_of_an_earlier_run_do_not_count()
    {
        Run(null, ("One", Leaving(Good)));
        Assert.Equal("0 passed, 1 failed", Run(null, ("One", "exit 0")).ClosingLine);
    }

    [Fact]
    public void A_real_test_program_is_understood()
    {
        string method = $"{typeof(FailureTests).FullName}.{nameof(FailureTests.A_target_without_actions_is_collective)}";
        var run = new TestRun(_folder["results"], TestRun.Deadline, TextWriter.Null);
        TestTotals totals = run.Run([new TestProgram("Real", Environment.ProcessPath!)], method);
        Assert.Equal("1 passed, 0 failed", totals.ClosingLine);
    }

    [Fact]
    public void The_report_names_failures_and_skips_with_their_reasons()
    {
        var report = new StringWriter();
        TestReport.Write(report, Run(null, ("One", Leaving(Mixed, exitCode: 1))));
        Assert.Contains("Skipped: later\n    no root\n", report.ToString(), StringComparison.Ordinal);
        Assert.Contains("Failed: bad\n    expected 1\n    at bad()\n", report.ToString(), StringComparison.Ordinal);
    }

    private string Leaving(string results, int exitCode = 0)
    {
        string source = _folder.Write($"sources/{Guid.NewGuid():N}.xml", results);
        return exitCode == 0 ? $"cp {source} \"$file\"" : $"cp {source} \"$file\"; exit {exitCode}";
    }

    private TestTotals Run(string? method, params (string Name, string Script)[] programs) => Run(method, TestRun.Deadline, programs);

    private TestTotals Run(string? method, TimeSpan deadline, params (string Name, string Script)[] programs)
    {
        var run = new TestRun(_folder["results"], deadline, TextWriter.Null);
        return run.Run(programs.Select(program => new TestProgram(program.Name, Scripts.Write(_folder, program.Name,
            $"for file; do :; done\n{program.Script}"))).ToArray(), method);
    }
}
