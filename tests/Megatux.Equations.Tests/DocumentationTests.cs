using System.Xml.Linq;
using Megatux.Model;

namespace Megatux.Equations.Tests;

public sealed class DocumentationTests
{
    private static readonly string Page = File.ReadAllText(Repository.At("docs/equations.md"));

    [Fact]
    public void The_cluster_on_the_page_is_numbered_as_it_says()
    {
        XElement project = XElement.Parse($"<Project>{Page.Split("```xml")[1].Split("```")[0]}</Project>");
        string Property(string name) => project.Descendants(name).Single().Value;
        Experiment racks = new ExperimentDescription
        {
            Name = "page",
            PhysicalHosts = (string)project.Descendants("PhysicalHosts").Single().Attribute("Include")!,
            VmsPerHost = Property("VmsPerHost"),
            VmNetworkStart = Property("VmNetworkStart"),
            VmNetmask = Property("VmNetmask"),
            HostNetwork = Property("HostNetwork"),
            Equations = [.. project.Descendants("NodeEquation").Select(item =>
                new EquationDescription((string)item.Attribute("Include")!, (string?)item.Attribute("Expression"), (string?)item.Attribute("Inverse")))],
        }.Resolved();

        Assert.Equal("10.3.0.8", racks.Find("r3n7")!.Address.ToString());
    }

    [Fact]
    public void Every_function_of_the_plan_is_on_the_page_and_in_the_README()
    {
        string readme = File.ReadAllText(Repository.At("README.md"));
        Assert.All(NodeEquationNames.All, name => Assert.Contains($"| `{name}` |", Page, StringComparison.Ordinal));
        Assert.All(NodeEquationNames.All, name => Assert.Contains($"`{name}`", readme, StringComparison.Ordinal));
    }
}
