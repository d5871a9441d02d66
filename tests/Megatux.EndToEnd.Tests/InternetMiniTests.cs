using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Megatux.EndToEnd.Tests;

/// <summary>Real daemons of Debian packages that only their ranges get, used by guests of another host.</summary>
[Collection(nameof(LocalBootTests))]
public sealed class InternetMiniTests
{
    [Fact]
    public void Its_five_services_answer_clients_on_another_host()
    {
        using var mini = new ShippedExperiment("internet-mini");
        XElement[] checks = [.. XDocument.Load(mini["validation.props"]).Descendants("Validation")];
        Assert.All((string[])["dns", "web", "mail", "irc", "bgp"], service => Assert.Contains(checks, check => (string?)check.Attribute("Include") == service));
        foreach (XElement check in checks)
            foreach (string node in mini.Expand(Text(check, "Nodes")))
                Holds(mini, check, node);
    }

    private static void Holds(ShippedExperiment mini, XElement check, string node)
    {
        string expected = Text(check, "Expect").Trim('/');
        CommandResult last = null!;
        bool holds = SpinWait.SpinUntil(() =>
        {
            last = mini.Ask("run", "--no-input", "--raw", node, "--", Text(check, "Command"));
            return last.ExitCode == 0 && Regex.IsMatch(last.Output.TrimEnd('\n'), expected);
        }, TimeSpan.FromSeconds(int.Parse(Text(check, "Within"), CultureInfo.InvariantCulture)));
        Assert.True(holds, $"{Text(check, "Include")} on {node}: {last.All}");
    }

    private static string Text(XElement check, string name) => (string?)check.Attribute(name) ?? "";
}
