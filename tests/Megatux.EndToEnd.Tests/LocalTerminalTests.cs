namespace Megatux.EndToEnd.Tests;

/// <summary>What people see of an experiment on this machine: on a terminal, and in a pipe.</summary>
[Collection(nameof(LocalBootTests))]
public sealed class LocalTerminalTests(LocalExperiments experiments) : IDisposable
{
    private const string Escape = "\u001b[", HideCursor = "\u001b[?25l", ShowCursor = "\u001b[?25h", Bar = "\u2501\u2501\u2501";

    public void Dispose() => experiments.End();

    [Fact]
    public void A_boot_draws_bars_and_a_table_on_a_terminal_and_writes_lines_elsewhere()
    {
        LocalExperiment local = experiments.Of("container");
        CommandResult doctor = LocalExperiment.Megatux("doctor", local.Experiment.ProjectFile).Succeeded();
        Assert.Contains("its guests are containers", doctor.Output, StringComparison.Ordinal);

        CommandResult drawn = LocalExperiment.OnTerminal("xterm", "true", "boot", local.Experiment.ProjectFile, "--timeout", "120").Succeeded();
        foreach (string part in (string[])[Bar, "hosts", "guests", HideCursor, ShowCursor, "vm[0-2].h[7-8]", "All 8 nodes are up"])
            Assert.Contains(part, drawn.Output, StringComparison.Ordinal);
        Assert.True(drawn.Output.LastIndexOf(ShowCursor, StringComparison.Ordinal) > drawn.Output.LastIndexOf(HideCursor, StringComparison.Ordinal), "the cursor stays hidden");

        string[] status = ["status", "--experiment", Path.GetFileName(local.RunFolder)];
        string table = LocalExperiment.OnTerminal("xterm", "true", status).Succeeded().Output;
        Assert.Contains(Escape, table, StringComparison.Ordinal);
        Assert.Contains("vm[0-2].h[7-8]", table, StringComparison.Ordinal);
        string lines = LocalExperiment.Megatux(status).Succeeded().Output;
        Assert.Contains("up              6  vm[0-2].h[7-8]\n", lines, StringComparison.Ordinal);
        Assert.Equal(lines.Split('\n')[..3], LocalExperiment.OnTerminal("dumb", "true", status).Succeeded().Output.ReplaceLineEndings("\n").Split('\n')[..3]);

        CommandResult refused = LocalExperiment.Megatux("doctor", local.Experiment.ProjectFile);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("runs already", refused.Output, StringComparison.Ordinal);
        local.Halt().Succeeded();
        CommandResult piped = local.Boot().Succeeded();
        Assert.DoesNotContain('\u001b', piped.All);
        Assert.Contains("All 8 nodes are up", piped.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Ctrl_C_ends_the_waiting_and_the_experiment_comes_up_all_the_same()
    {
        LocalExperiment local = experiments.Of("uml");
        string keys = $"{{ while ! test -e {local.RunFolder}/control; do sleep 0.05; done; printf '\\003'; sleep 2; }}";
        CommandResult stopped = LocalExperiment.OnTerminal("xterm", keys, "boot", local.Experiment.ProjectFile, "--timeout", "120");
        Assert.Equal(130, stopped.ExitCode);
        Assert.Contains("goes on booting: look at it with megatux status", stopped.Output, StringComparison.Ordinal);
        Assert.Contains(ShowCursor, stopped.Output, StringComparison.Ordinal);
        Assert.True(SpinWait.SpinUntil(() =>
        {
            Thread.Sleep(200);
            return local.Status().Contains("\"up\":\"vm[0-2].h[7-8]\"", StringComparison.Ordinal);
        }, TimeSpan.FromSeconds(60)), local.Status());
        local.Halt().Succeeded();
    }
}
