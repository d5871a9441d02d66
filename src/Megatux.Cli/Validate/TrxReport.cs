using System.Globalization;
using System.IO.Hashing;
using System.Text;
using System.Xml.Linq;

namespace Megatux.Cli;

/// <summary>Checks as Visual Studio and Azure read tests: TRX, the XML of vstst.xsd.</summary>
internal static class TrxReport
{
    // What Visual Studio knows a unit test and its two lists by.
    private const string UnitTest = "13cdc9d9-ddb5-4fa4-a97d-d965ccfc6d4b", NoList = "8c84fa94-04c1-424b-9868-57a2d4851a1d", AllLoaded = "19431567-8539-422a-85d7-44ee4e166bda";

    private static readonly XNamespace Schema = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>The report.</summary>
    internal static XDocument Of(string experiment, IReadOnlyList<CheckOutcome> outcomes)
    {
        DateTimeOffset start = outcomes.Count > 0 ? outcomes[0].Started : DateTimeOffset.UtcNow, finish = outcomes.Count > 0 ? outcomes[^1].Started + outcomes[^1].Elapsed : start;
        int failed = outcomes.Count(outcome => outcome.IsFailed), passed = outcomes.Count(outcome => outcome.IsPassed), skipped = outcomes.Count(outcome => outcome.IsSkipped);
        return new XDocument(Element("TestRun",
            new XAttribute("id", Id($"{experiment} {Time(start)}")), new XAttribute("name", experiment),
            Element("Times", new XAttribute("creation", Time(start)), new XAttribute("queuing", Time(start)), new XAttribute("start", Time(start)), new XAttribute("finish", Time(finish))),
            Element("Results", outcomes.Select(outcome => Result(experiment, outcome))),
            Element("TestDefinitions", outcomes.Select(outcome => Definition(experiment, outcome))),
            Element("TestEntries", outcomes.Select(outcome => Element("TestEntry",
                new XAttribute("testId", TestId(experiment, outcome)), new XAttribute("executionId", RunId(experiment, outcome)), new XAttribute("testListId", NoList)))),
            Element("TestLists",
                Element("TestList", new XAttribute("name", "Results Not in a List"), new XAttribute("id", NoList)),
                Element("TestList", new XAttribute("name", "All Loaded Results"), new XAttribute("id", AllLoaded))),
            Element("ResultSummary", new XAttribute("outcome", failed > 0 ? "Failed" : "Completed"),
                Element("Counters", new XAttribute("total", outcomes.Count), new XAttribute("executed", passed + failed), new XAttribute("passed", passed), new XAttribute("failed", failed), new XAttribute("notExecuted", skipped)))));
    }

    private static XElement Result(string experiment, CheckOutcome outcome)
    {
        XElement result = Element("UnitTestResult",
            new XAttribute("executionId", RunId(experiment, outcome)), new XAttribute("testId", TestId(experiment, outcome)), new XAttribute("testName", outcome.Name),
            new XAttribute("computerName", Environment.MachineName), new XAttribute("duration", outcome.Elapsed.ToString("c", CultureInfo.InvariantCulture)),
            new XAttribute("startTime", Time(outcome.Started)), new XAttribute("endTime", Time(outcome.Started + outcome.Elapsed)), new XAttribute("testType", UnitTest),
            new XAttribute("outcome", outcome.IsSkipped ? "NotExecuted" : outcome.IsPassed ? "Passed" : "Failed"), new XAttribute("testListId", NoList));
        result.Add(Element("Output", outcome.IsFailed
            ? Element("ErrorInfo", Element("Message", $"{outcome.Summary}\n{OutcomeText.Details(outcome)}"))
            : Element("StdOut", outcome.IsSkipped ? "none of its nodes was booted" : outcome.Summary)));
        return result;
    }

    private static XElement Definition(string experiment, CheckOutcome outcome) => Element("UnitTest",
        new XAttribute("name", outcome.Name), new XAttribute("storage", experiment), new XAttribute("id", TestId(experiment, outcome)),
        Element("Execution", new XAttribute("id", RunId(experiment, outcome))),
        Element("TestMethod", new XAttribute("codeBase", experiment), new XAttribute("adapterTypeName", "megatux"), new XAttribute("className", experiment), new XAttribute("name", outcome.Name)));

    private static XElement Element(string name, params object[] content) => new(Schema + name, content);

    // The same check has the same number in every run, by which its history is known.
    private static Guid TestId(string experiment, CheckOutcome outcome) => Id($"{experiment}/{outcome.Name}");

    private static Guid RunId(string experiment, CheckOutcome outcome) => Id($"{experiment}/{outcome.Name} {Time(outcome.Started)}");

    private static Guid Id(string text) => new(XxHash128.Hash(Encoding.UTF8.GetBytes(text)));

    private static string Time(DateTimeOffset time) => time.ToString("o", CultureInfo.InvariantCulture);
}
