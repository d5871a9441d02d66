using System.Xml;
using System.Xml.Linq;

namespace Megatux.Building;

/// <summary>A test that did not simply pass, with the reason.</summary>
internal sealed record TestRemark(string Name, string Message);

/// <summary>What one test program reported.</summary>
/// <param name="Passed">Number of tests that passed.</param>
/// <param name="Failures">Tests, and steps around tests, that failed.</param>
/// <param name="Skips">Tests that were skipped.</param>
internal sealed record TestResults(int Passed, IReadOnlyList<TestRemark> Failures, IReadOnlyList<TestRemark> Skips)
{
    /// <summary>A program whose report cannot be relied upon counts as one failure, whatever passed before.</summary>
    public static TestResults Broken(string program, string why) => new(0, [new TestRemark(program, why)], []);

    /// <summary>Reads a result file of xunit's v2+ format, counting the tests themselves rather than trusting its sums.</summary>
    /// <exception cref="XmlException">The file is cut short or something else.</exception>
    public static TestResults Read(string path)
    {
        XElement root = XDocument.Load(path).Root!;
        var passed = 0;
        List<TestRemark> failures = [];
        List<TestRemark> skips = [];
        foreach (XElement test in root.Descendants("test"))
            switch ((string?)test.Attribute("result"))
            {
                case "Pass":
                    passed++;
                    break;
                case "Skip":
                    skips.Add(new TestRemark(NameOf(test), (string?)test.Element("reason") ?? "no reason given"));
                    break;
                case "NotRun":
                    break;
                default:
                    failures.Add(new TestRemark(NameOf(test), FailureOf(test)));
                    break;
            }
        // What fails outside of any test: fixtures, clean-up.
        foreach (XElement error in root.Descendants("error"))
            failures.Add(new TestRemark($"{NameOf(error)} ({(string?)error.Attribute("type")})", FailureOf(error)));
        return new TestResults(passed, failures, skips);
    }

    private static string NameOf(XElement element) => (string?)element.Attribute("name") ?? "unnamed";

    private static string FailureOf(XElement element)
    {
        XElement? failure = element.Element("failure");
        return $"{(string?)failure?.Element("message")}\n{(string?)failure?.Element("stack-trace")}".Trim();
    }
}
