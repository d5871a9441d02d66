using System.Xml.Linq;

namespace Megatux.EndToEnd.Tests;

/// <summary>megatux validate against nodes that run, some of which are not what they should be.</summary>
[Collection(nameof(LocalBootTests))]
public sealed class LocalValidateTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const string Items = """

        <Validation Include="same" Command="echo same" Expect="same" />
        <Validation Include="release" Nodes="everything" Command="uname -r" Expect="/^[5-9]/" Within="1" />
        <Validation Include="only-here" Command="test -e /etc/only-here" Count="1" Within="5" />
        <Validation Include="most" Command="test $(hostname) != vm2.h7 || exit 3" AtLeast="80%" />
        <Validation Include="slow" Nodes="vm0.h7" Command="test -e /tmp/asked || { touch /tmp/asked; exit 1; }" />
        <Validation Include="watched" Nodes="everything" Expression="(&gt; (get s 'uptime 'seconds) 0)" />
        <Validation Include="few" Command="echo one; exit 0" Expect="/^two$/" Within="1" />
        <Validation Include="old" Nodes="guests" Expression="(&gt; (get s 'uptime 'seconds) 864000)" Within="3" />
        <Validation Include="hangs" Nodes="vm[0-1].h8,h8" Command="test $(hostname) = vm1.h8 || sleep 1000" Within="1" />
        """;

    [Fact]
    public void Checks_pass_and_fail_on_the_nodes_that_they_should_and_leave_nothing_there()
    {
        using var local = new LocalExperiment("uml", items: Items.Replace("$(hostname)", "%24(hostname)", StringComparison.Ordinal));
        local.Boot().Succeeded();
        using var folder = new TempFolder();

        CommandResult good = LocalExperiment.Megatux("validate", local.Name, "up", "plan", "same", "release", "only-here", "most", "slow", "watched", "--junit", folder["good.xml"]).Succeeded();
        Assert.Contains("8 of 8 checks pass.", good.Output, StringComparison.Ordinal);
        Assert.Contains("pass (exactly 1)", good.Output, StringComparison.Ordinal);
        XElement suite = XDocument.Load(folder["good.xml"]).Root!.Element("testsuite")!;
        Assert.Equal((local.Name, "8", "0"), ((string?)suite.Attribute("name"), (string?)suite.Attribute("tests"), (string?)suite.Attribute("failures")));

        // What root of a guest changes.
        local.In("vm1.h7", "hostname somebody").Succeeded();
        local.In("vm0.h8", "ifconfig eth0 10.0.0.77 netmask 255.255.255.0").Succeeded();
        CommandResult bad = LocalExperiment.Megatux("validate", local.Experiment.ProjectFile, "plan", "few", "old", "hangs", "--trx", folder["bad.trx"], "--json");
        Assert.Equal(1, bad.ExitCode);
        string[] lines = bad.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("\"nodes\":\"vm1.h7\",\"count\":1,\"reason\":\"hostname is 'somebody', expected 'vm1.h7'\"", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"nodes\":\"vm0.h8\",\"count\":1,\"reason\":\"address of eth0 is 10.0.0.77/24, expected 10.0.1.2/24;", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"nodes\":8,\"passed\":6", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"nodes\":\"vm[0-2].h[7-8]\",\"count\":6,\"reason\":\"it wrote 'one', expected /^two$/\"", lines[1], StringComparison.Ordinal);
        Assert.Contains("\"nodes\":\"vm[0-2].h[7-8]\",\"count\":6,\"reason\":\"it does not hold\"", lines[2], StringComparison.Ordinal);
        Assert.Contains("\"nodes\":\"h8,vm0.h8\",\"count\":2,\"reason\":\"it did not end in time (1 s)\"", lines[3], StringComparison.Ordinal);
        Assert.Contains("\"passed\":0,\"failed\":4", lines[4], StringComparison.Ordinal);
        Assert.Contains("it does not hold", File.ReadAllText(folder["bad.trx"]), StringComparison.Ordinal);

        // Nothing of it is left: no process, no job that runs, no reduction.
        Assert.DoesNotContain("sleep 1000", local.Run("everything", "ps").Output, StringComparison.Ordinal);
        Assert.DoesNotContain("running", local.Ask("jobs").Succeeded().Output, StringComparison.Ordinal);
        Assert.DoesNotContain("validate-", local.Ask("mon", "--programs").Succeeded().Output, StringComparison.Ordinal);

        // Who is not up is not asked, and named.
        local.Job("ctl", "vm2.h8", "halt").Succeeded();
        Assert.True(SpinWait.SpinUntil(() => LocalExperiment.Megatux("validate", local.Name, "up", "--wait", "0").ExitCode == 1, Patience), "it stays up");
        CommandResult down = LocalExperiment.Megatux("validate", local.Name, "release", "--json");
        Assert.Contains("{\"nodes\":\"vm2.h8\",\"count\":1,\"reason\":\"not up\"}", down.Output, StringComparison.Ordinal);

        CommandResult unknown = LocalExperiment.Megatux("validate", local.Name, "realease");
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("did you mean release?", unknown.Error, StringComparison.Ordinal);
        CommandResult nobody = LocalExperiment.Megatux("validate", local.Name[..^1] + (local.Name[^1] == 'x' ? 'y' : 'x'));
        Assert.Contains($"did you mean {local.Name}?", nobody.Error, StringComparison.Ordinal);
        local.Halt().Succeeded();
    }

    [Fact]
    public void Nodes_that_were_not_booted_are_not_asked_and_an_interrupted_check_ends_on_its_nodes()
    {
        using var local = new LocalExperiment("container", items: """

            <Validation Include="rest" Nodes="vm[0-2].h7" Command="true" />
            <Validation Include="hangs" Command="sleep 1000" />
            """);
        local.Boot("--only", "vm[0-1].h8").Succeeded();
        CommandResult some = LocalExperiment.Megatux("validate", local.Name, "up", "plan", "rest").Succeeded();
        Assert.Contains("2 of 3 checks pass, 1 skipped", some.Output, StringComparison.Ordinal);

        // In a container root may not change its name, but its network.
        local.In("vm0.h8", "ip route del default").Succeeded();
        local.In("vm1.h8", "ip address add 10.0.1.4/24 dev eth0").Succeeded();
        CommandResult changed = LocalExperiment.Megatux("validate", local.Name, "plan");
        Assert.Contains("  vm0.h8: there is no route default via 10.0.1.1 dev eth0\n", changed.Output, StringComparison.Ordinal);
        Assert.Contains("  vm1.h8: eth0 has the address 10.0.1.4, which is vm2.h8's\n", changed.Output, StringComparison.Ordinal);

        CommandResult interrupted = Command.Run("sh", ["-c", $"""
            env --default-signal=INT {PublishedCommand.Path} validate {local.Name} hangs & asked=$!
            for i in $(seq 200); do {PublishedCommand.Path} run -n --experiment {local.Name} vm0.h8 -- ps | grep -q 'sleep 100[0]' && break; sleep 0.1; done
            kill -INT $asked; wait $asked
            """]);
        Assert.Equal(130, interrupted.ExitCode);
        Assert.DoesNotContain("sleep 1000", local.Run("vm[0-1].h8", "ps").Output, StringComparison.Ordinal);

        // A build that its nodes do not run.
        local.Experiment.Edit("<VmMemory>40M", "<VmMemory>41M");
        local.Experiment.BuildWell();
        CommandResult other = LocalExperiment.Megatux("validate", local.Experiment.ProjectFile, "plan");
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("h8,vm[0-1].h8 (3): it was booted from another build of the experiment", other.Output, StringComparison.Ordinal);
        local.Halt().Succeeded();
    }
}
