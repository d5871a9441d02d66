using Megatux.Equations;
using Megatux.Model;
using Megatux.Tree;

namespace Megatux.Cli.Tests;

public sealed class JobCommandTests
{
    private static readonly Experiment Plan = new ExperimentDescription
    {
        Name = "lab", PhysicalHosts = "h[1-2,7-9]", VmsPerHost = "10", VmNetworkStart = "10.0.0.0", VmNetmask = "24", VmMemory = "30", HostNetwork = "172.31.0.0/20",
        Groups = [new GroupDescription("low", "vm[0-2].h[1-2]")],
    }.Resolve(EquationCompiler.Instance).Experiment!;

    [Theory]
    [InlineData("run all uname -r", "run all -- uname -r")]
    [InlineData("run -L all ls -L", "run -L all -- ls -L")]
    [InlineData("run --timeout 5 all --env A=b ls -l", "run --timeout 5 all --env A=b -- ls -l")]
    [InlineData("run all -- ls -- x", "run all -- ls -- x")]
    [InlineData("run all -L -- ls", "run all -L -- ls")]
    [InlineData("run -p --with x all ls -l", "run -p --with x all -- ls -l")]
    [InlineData("bpsh 4 ls -n", "bpsh 4 -- ls -n")]
    [InlineData("bpsh -ap ls -n", "bpsh -ap -- ls -n")]
    [InlineData("bpsh -b 80 -A ls -a", "bpsh -b 80 -A -- ls -a")]
    [InlineData("jobs --json", "jobs --json")]
    public void All_behind_the_commands_first_word_is_the_commands(string typed, string meant) =>
        Assert.Equal(meant.Split(' '), CommandWords.Separate(typed.Split(" "), MegatuxCommand.Create()));

    [Theory]
    [InlineData("bpsh", "BProc's bpsh")]
    [InlineData("bpstat", "BProc's bpstat")]
    [InlineData("bpctl", "BProc's bpctl")]
    [InlineData("megatux", "Provision, control and watch")]
    public void The_program_is_the_command_whose_name_it_goes_by(string name, string says) =>
        Assert.Contains(says, Testing.Command.Run(Path.Combine(Path.GetDirectoryName(PublishedCommand.Path)!, name), ["--help"]).Succeeded().Output, StringComparison.Ordinal);

    [Theory]
    [InlineData("all", "vm[0-9].h[1-2,7-9]")]
    [InlineData("hosts", "h[1-2,7-9]")]
    [InlineData("everything", "h[1-2,7-9],vm[0-9].h[1-2,7-9]")]
    [InlineData("allup", "vm[0-4].h1")]
    [InlineData("allboot", "vm5.h1")]
    [InlineData("allup&vm[3-9].h1", "vm[3-4].h1")]
    [InlineData("all!alldown", "vm[0-6].h1")]
    [InlineData("hosts!h[1-8]", "h9")]
    [InlineData("@low&@allup", "vm[0-2].h1")]
    [InlineData("@low!vm1.h[1-9]", "vm[0,2].h[1-2]")]
    [InlineData("h1 allboot,elsewhere3", "elsewhere3,h1,vm5.h1")]
    [InlineData("vm[0-3,5].h1", "vm[0-3,5].h1")]
    public void Words_stand_for_nodes_within_sets(string text, string nodes) => Assert.Equal(NodeSet.Parse(nodes), NodeSelection.Of(Plan, text, States));

    [Theory]
    [InlineData("4", "vm4.h1")]
    [InlineData("8-11", "vm[8-9].h1,vm[0-1].h2")]
    [InlineData("5-44,49", "vm[5-9].h1,vm[0-9].h[2,7-8],vm[0-4].h9,vm9.h9")]
    [InlineData("0-49", "vm[0-9].h[1-2,7-9]")]
    public void Numbers_are_guests_host_after_host(string text, string nodes) => Assert.Equal(NodeSet.Parse(nodes), NodeSelection.Of(Plan, text, States, numbers: true));

    [Theory]
    [InlineData("0-50", ErrorCodes.NodesUnknown)]
    [InlineData("7-3", ErrorCodes.NodesUnknown)]
    [InlineData("all,,h1", ErrorCodes.NodeSetMissingOperand)]
    [InlineData("all!", ErrorCodes.NodeSetMissingOperand)]
    [InlineData("all,h[", ErrorCodes.NodeSetUnbalancedBracket)]
    [InlineData("all!@high", ErrorCodes.NodeSetNoSuchGroup)]
    public void What_is_no_set_is_refused(string text, string code) =>
        Assert.Equal(code, Assert.Throws<MegatuxException>(() => NodeSelection.Of(Plan, text, States, numbers: true)).Problem.Code);

    [Theory]
    [InlineData("TERM", 15)]
    [InlineData("sigkill", 9)]
    [InlineData("34", 34)]
    [InlineData("SYS", 31)]
    public void Signals_have_names_and_numbers(string text, int number) => Assert.Equal(number, SignalNames.Number(text));

    [Theory]
    [InlineData("0")]
    [InlineData("65")]
    [InlineData("SIG")]
    public void What_is_no_signal_is_refused(string text) => Assert.Equal(ErrorCodes.JobMalformed, Assert.Throws<MegatuxException>(() => SignalNames.Number(text)).Problem.Code);

    [Fact]
    public void A_nodes_shell_opens_the_files_that_bpsh_names_whatever_their_names()
    {
        using var folder = new TempFolder();
        string input = folder.Write("a 'b", "text\n"), output = folder["o $x"], error = folder["e"];
        string[] words = BprocCommands.Redirected(["sh", "-c", "cat; echo bad >&2"], input, output, error);
        Command.Run(words[0], words[1..]).Succeeded();
        Assert.Equal(("text\n", "bad\n"), (File.ReadAllText(output), File.ReadAllText(error)));
        Command.Run("/bin/sh", BprocCommands.Redirected(["wc -l | tr -d ' '"], input, output, null)[1..]).Succeeded();
        Assert.Equal("1\n", File.ReadAllText(output));
    }

    [Theory]
    [InlineData("run")]
    [InlineData("attach")]
    [InlineData("jobs")]
    [InlineData("kill")]
    [InlineData("stat")]
    [InlineData("bpsh")]
    [InlineData("bpstat")]
    [InlineData("bpctl")]
    public void Help_shows_an_example(string command) =>
        Assert.Contains($"Example: {(command.StartsWith("bp", StringComparison.Ordinal) ? "" : "megatux ")}{command}", MegatuxProgram.Run(command, "--help").Output, StringComparison.Ordinal);

    private static NodeStates States() => new(NodeSet.Parse("vm[0-4].h1,h[1-2]"), NodeSet.Parse("vm5.h1"), NodeSet.Parse("vm6.h1"));
}
