using Megatux.Linux;

namespace Megatux.EndToEnd.Tests;

/// <summary>Whole experiments of a user who is not root.</summary>
[Collection(nameof(LocalBootTests))]
public sealed class LocalUserTests(LocalExperiments experiments) : IDisposable
{
    private const string User = "43210";

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("uml")]
    [InlineData("container")]
    public void An_experiment_runs_without_root_and_leaves_no_trace(string hypervisor)
    {
        if (!UserNamespace.CanBeMade())
            Assert.Skip("this kernel gives no user namespaces");
        LocalExperiment local = experiments.Of(hypervisor);
        BecomeReadable(local);
        string before = LocalExperiment.Traces();
        string name = Path.GetFileName(local.RunFolder);
        try
        {
            CommandResult booted = Megatux("boot", Path.Combine(_folder["bin"], "experiment.json"), "--timeout", "200").Succeeded();
            Assert.Contains("All 8 nodes are up", booted.Output, StringComparison.Ordinal);

            // They are this user's alone.
            Assert.False(Directory.Exists(local.RunFolder));
            Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(_folder[$"run/megatux/{name}"]));
            string real = Command.Run("sh", ["-c", "ps -eo user:20,args | grep -E '[/]sbin/megatux-guest|/megatux/guest/[l]inux-guest' | cut -d' ' -f1 | sort -u"]).Succeeded().Output.Trim();
            Assert.Equal(User, real);

            Assert.Equal("vm1.h7\n", Megatux("exec", "vm1.h7", "--", "hostname").Succeeded().Output);
            Assert.Equal("yes\nyes\n", Megatux("exec", "vm0.h8", "--", "cat /etc/everywhere /etc/only-here").Succeeded().Output);
            Assert.Contains("6 of 6 guests", Megatux("check").Succeeded().Output, StringComparison.Ordinal);
            Assert.Contains("is halted", Megatux("halt").Succeeded().Output, StringComparison.Ordinal);
            Assert.False(Directory.Exists(_folder["run/megatux"]));
        }
        finally
        {
            Megatux("halt", name);
        }

        Assert.Equal(before, LocalExperiment.Traces());
    }

    // Both the command and what was built, wherever this checkout is.
    private void BecomeReadable(LocalExperiment local) => Command.Run("sh", ["-c", $"""
        cp -r {local.Experiment["bin"]} {_folder["bin"]}
        cp {PublishedCommand.Path} {_folder["megatux"]}
        mkdir {_folder["run"]}
        chmod -R a+rX {_folder.Path}
        chown {User}:{User} {_folder["run"]}
        """]).Succeeded();

    private CommandResult Megatux(params string[] arguments) => Command.Run("setpriv",
        ["--reuid", User, "--regid", User, "--clear-groups", _folder["megatux"], .. arguments],
        _folder["run"], deadline: Deadline, environment: new Dictionary<string, string?> { ["XDG_RUNTIME_DIR"] = _folder["run"], ["HOME"] = _folder["run"], ["XDG_STATE_HOME"] = null, ["TMPDIR"] = null });
}
