using System.Globalization;
using System.Xml.Linq;

namespace Megatux.Cli;

/// <summary>Checks as build servers read tests: JUnit's XML, a suite of the experiment's name with a case for each check.</summary>
internal static class JUnitReport
{
    /// <summary>The report.</summary>
    internal static XDocument Of(string experiment, IReadOnlyList<CheckOutcome> outcomes)
    {
        object[] counts =
        [
            new XAttribute("tests", outcomes.Count),
            new XAttribute("failures", outcomes.Count(outcome => outcome.IsFailed)),
            new XAttribute("errors", 0),
            new XAttribute("skipped", outcomes.Count(outcome => outcome.IsSkipped)),
            new XAttribute("time", Seconds(TimeSpan.FromTicks(outcomes.Sum(outcome => outcome.Elapsed.Ticks)))),
        ];
        return new XDocument(new XElement("testsuites", counts,
            new XElement("testsuite",
                new XAttribute("name", experiment), counts,
                new XAttribute("timestamp", (outcomes.Count > 0 ? outcomes[0].Started : DateTimeOffset.UtcNow).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)),
                outcomes.Select(outcome => Case(experiment, outcome)))));
    }

    private static XElement Case(string experiment, CheckOutcome outcome)
    {
        var test = new XElement("testcase", new XAttribute("classname", experiment), new XAttribute("name", outcome.Name), new XAttribute("time", Seconds(outcome.Elapsed)));
        if (outcome.IsSkipped)
            test.Add(new XElement("skipped", new XAttribute("message", "none of its nodes was booted")));
        else if (outcome.IsFailed)
            test.Add(new XElement("failure", new XAttribute("message", outcome.Summary), new XAttribute("type", "check"), OutcomeText.Details(outcome)));
        else
            test.Add(new XElement("system-out", outcome.Summary));
        return test;
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
}
