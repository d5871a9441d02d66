using Megatux.Equations;
using Megatux.Model;

namespace Megatux.EndToEnd.Tests;

/// <summary>Machines that are numbered as no range does: all that compute the plan compute the same.</summary>
[Collection(nameof(LocalBootTests))]
public sealed class LocalEquationTests
{
    private const string Items = """

                <NodeEquation Include="HostAddress" Expression="(ip 172 31 (+ 5 (* 2 h)) 9)" />
                <NodeEquation Include="HostMac" Expression="(+ 0x001b21a00007 (* 16 h))" />
                <NodeEquation Include="GuestNetwork" Expression="(- (+ base (* 8 size)) (* 3 size h))" Inverse="(quotient (- (+ base (* 8 size)) a) (* 3 size))" />
                <NodeEquation Include="GuestPlace" Expression="(+ 100 (* 7 g))" />
        """;

    [Fact]
    public void Every_node_takes_the_address_of_its_equation_and_reaches_all_others_by_name()
    {
        using var local = new LocalExperiment("container", items: Items);
        string before = LocalExperiment.Traces();
        Assert.Contains("All 8 nodes are up", local.Boot().Succeeded().Output, StringComparison.Ordinal);
        local.AwaitTree();
        string manifest = local.Experiment["bin/experiment.json"];
        Experiment plan = Manifest.Parse(File.ReadAllBytes(manifest), manifest, EquationCompiler.Instance).Experiment;
        Assert.Equal(("172.31.7.9", "10.0.5.114"), (plan.Find("h8")!.Address.ToString(), plan.Find("vm2.h8")!.Address.ToString()));

        // Each says its own name and what its interface has.
        string said = local.Run("everything", "sh", "-c", "ip -4 addr show eth0 | grep -o 'inet [0-9./]*'; ip link show eth0 | grep -o 'ether [0-9a-f:]*'").Succeeded().Output;
        foreach (string name in plan.Everything.Expand())
        {
            Node node = plan.Find(name)!;
            Assert.Contains($"{name}: inet {node.Address}/{node.PrefixLength}\n", said, StringComparison.Ordinal);
            Assert.Contains($"{name}: ether {node.Mac}\n", said, StringComparison.Ordinal);
        }

        // By names, and back, across hosts both ways.
        foreach ((string from, string to) in new[] { ("h7", "h8"), ("h8", "h7") })
            local.In($"vm0.{from}", $"for i in 0 1 2; do ping -c 1 -W 5 vm$i.{to} || exit 1; done").Succeeded();
        Assert.Contains("vm1.h7", local.In("vm0.h8", $"nslookup {plan.Find("vm1.h7")!.Address}").Succeeded().Output, StringComparison.Ordinal);
        Assert.Contains("vm2.h8", LocalExperiment.Megatux("plan", local.Experiment.ProjectFile, "10.0.5.114").Succeeded().Output, StringComparison.Ordinal);
        Assert.NotEqual(0, LocalExperiment.Megatux("plan", local.Experiment.ProjectFile, "10.0.1.2").ExitCode);

        local.Halt().Succeeded();
        Assert.Equal(before, LocalExperiment.Traces());
    }
}
