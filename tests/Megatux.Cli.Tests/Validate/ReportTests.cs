using System.Text.Json;
using System.Xml.Linq;
using Megatux.Model;

namespace Megatux.Cli.Tests;

/// <summary>What has come of checks, as people and build servers read it.</summary>
public sealed class ReportTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly CheckOutcome[] Outcomes =
    [
        new("up", 1_008_640, 1_008_640, NodeQuota.All, [], Start, TimeSpan.FromSeconds(1.5)),
        new("uname", 100, 96, NodeQuota.All, [(NodeSet.Parse("vm[1-3].h7"), "it wrote '6.1', expected '6.2'"), (NodeSet.Parse("vm9.h8"), "exit code 1: <&>\u0001\uffff")], Start, TimeSpan.FromSeconds(60)),
        new("leader", 9, 1, NodeQuota.Exactly(1), [(NodeSet.Parse("n[2-9]"), "exit code 1")], Start, TimeSpan.FromSeconds(0.25)),
        new("others", 0, 0, NodeQuota.All, [], Start, TimeSpan.Zero),
    ];

    [Fact]
    public void The_table_has_a_line_for_each_check_and_below_those_that_fail_the_nodes_and_the_reasons() => Assert.Equal(
        """
        CHECK      NODES    PASSED    FAILED  SECONDS  RESULT
        up       1008640   1008640         0      1.5  pass
        uname        100        96         4     60.0  FAIL
          vm[1-3].h7 (3): it wrote '6.1', expected '6.2'
          vm9.h8: exit code 1: <&>··
        leader         9         1         8      0.3  pass (exactly 1)
        others         0         0         0      0.0  skip
        mine: 2 of 4 checks pass, 1 fails, 1 skipped, as none of their nodes was booted.
        """, string.Join('\n', [OutcomeText.Heading(6), .. Outcomes.SelectMany(outcome => OutcomeText.Lines(outcome, 6)), OutcomeText.Summary("mine", Outcomes)]));

    [Fact]
    public void Of_very_many_reasons_the_table_shows_some_and_counts_the_others()
    {
        var outcome = new CheckOutcome("x", 100, 0, NodeQuota.All, [.. Enumerable.Range(0, 50).Select(number => (NodeSet.Parse($"n[{2 * number}-{2 * number + 1}]"), $"reason {number}"))], Start, TimeSpan.Zero);
        string[] lines = [.. OutcomeText.Lines(outcome, 5)];
        Assert.Equal(22, lines.Length);
        Assert.Equal("  and 60 nodes with 30 other reasons", lines[^1]);
    }

    [Fact]
    public void JUnits_report_counts_and_names_failing_nodes()
    {
        XElement suite = Again(JUnitReport.Of("mine", Outcomes)).Element("testsuite")!;
        Assert.Equal(("mine", "4", "1", "0", "1", "61.750"), (Of(suite, "name"), Of(suite, "tests"), Of(suite, "failures"), Of(suite, "errors"), Of(suite, "skipped"), Of(suite, "time")));
        XElement[] cases = [.. suite.Elements("testcase")];
        Assert.Equal(["up", "uname", "leader", "others"], cases.Select(test => Of(test, "name")));
        XElement failure = cases[1].Element("failure")!;
        Assert.Equal("96 of 100 nodes pass", Of(failure, "message"));
        Assert.Equal("vm[1-3].h7 (3): it wrote '6.1', expected '6.2'\nvm9.h8: exit code 1: <&>··\n", failure.Value);
        Assert.Null(cases[2].Element("failure"));
        Assert.NotNull(cases[3].Element("skipped"));
    }

    [Fact]
    public void Trx_links_results_definitions_and_entries_and_keeps_a_checks_number_over_runs()
    {
        XElement run = Again(TrxReport.Of("mine", Outcomes));
        XNamespace schema = run.Name.Namespace;
        Assert.Equal("http://microsoft.com/schemas/VisualStudio/TeamTest/2010", schema.NamespaceName);
        XElement[] results = [.. run.Descendants(schema + "UnitTestResult")];
        Assert.Equal(["Passed", "Failed", "Passed", "NotExecuted"], results.Select(result => Of(result, "outcome")));
        Assert.Equal(run.Descendants(schema + "UnitTest").Select(test => Of(test, "id")), results.Select(result => Of(result, "testId")));
        Assert.Equal(run.Descendants(schema + "TestEntry").Select(test => (Of(test, "testId"), Of(test, "executionId"))), results.Select(result => (Of(result, "testId"), Of(result, "executionId"))));
        Assert.Equal(run.Descendants(schema + "Execution").Select(test => Of(test, "id")), results.Select(result => Of(result, "executionId")));
        Assert.Contains("vm[1-3].h7 (3)", results[1].Descendants(schema + "Message").Single().Value, StringComparison.Ordinal);
        XElement counters = run.Descendants(schema + "Counters").Single();
        Assert.Equal(("4", "3", "2", "1", "1"), (Of(counters, "total"), Of(counters, "executed"), Of(counters, "passed"), Of(counters, "failed"), Of(counters, "notExecuted")));

        XElement later = TrxReport.Of("mine", [.. Outcomes.Select(outcome => outcome with { Started = Start.AddDays(1) })]).Root!;
        Assert.Equal(results.Select(result => Of(result, "testId")), later.Descendants(schema + "UnitTestResult").Select(result => Of(result, "testId")));
        Assert.NotEqual(Of(results[0], "executionId"), Of(later.Descendants(schema + "UnitTestResult").First(), "executionId"));
    }

    [Fact]
    public void Json_is_an_object_a_line()
    {
        using var check = JsonDocument.Parse(OutcomeJson.Of(Outcomes[1]));
        Assert.Equal("fail", check.RootElement.GetProperty("result").GetString());
        Assert.Equal("vm[1-3].h7", check.RootElement.GetProperty("failures")[0].GetProperty("nodes").GetString());
        Assert.Equal("exactly 1", JsonDocument.Parse(OutcomeJson.Of(Outcomes[2])).RootElement.GetProperty("expected").GetString());
        Assert.Equal("""{"result":{"experiment":"mine","checks":4,"passed":2,"failed":1,"skipped":1}}""", OutcomeJson.Of("mine", Outcomes));
    }

    // As somebody else reads it.
    private static XElement Again(XDocument report)
    {
        using var bytes = new MemoryStream();
        report.Save(bytes);
        bytes.Position = 0;
        return XDocument.Load(bytes).Root!;
    }

    private static string? Of(XElement element, string attribute) => (string?)element.Attribute(attribute);
}
