using System.Text.Json;
using System.Text.RegularExpressions;
using Megatux.Equations;
using Megatux.Linux;
using Megatux.Model;

namespace Megatux.Cli.Tests;

/// <summary>The command on the machine that runs the tests.</summary>
public sealed class DoctorCommandTests
{
    private static readonly string[] Checks =
    [
        "kernel", "root", "user-namespaces", "namespaces", "overlay", "bridge", "veth", "tap", "memory", "shared-memory", "processes", "files", "neighbours",
        "cgroups", "uml", "qemu", "kvm", "host-kernel", "busybox",
    ];

    [Fact]
    public void Root_learns_of_every_check_that_it_can_boot_and_nothing_is_left_behind()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can try namespaces, bridges and taps");
        string before = Traces();
        CommandResult result = MegatuxProgram.Shell("$MEGATUX doctor");
        string[] lines = result.Output.TrimEnd().Split('\n');
        Assert.Equal((0, "megatux boot can run here."), (result.ExitCode, lines[^1]));
        Assert.Equal(Checks, lines[..^1].Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]));
        Assert.All(lines[..^1], line => Assert.Matches("^(ok|warning|missing) ", line));
        Assert.Equal(before, Traces());
    }

    [Fact]
    public void A_user_without_rights_learns_what_namespaces_and_root_would_give()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && Testing.Command.Find("setpriv") is not null, "only root can become somebody else");
        using var folder = new TempFolder();
        CommandResult result = MegatuxProgram.Shell($"cp $MEGATUX {folder["megatux"]}; chmod -R a+rX {folder.Path}; cd /; "
            + $"setpriv --reuid=65534 --regid=65534 --clear-groups {folder["megatux"]} doctor --json");
        bool mayMake = UserNamespace.CanBeMade();
        Assert.Equal((mayMake ? 0 : 1, ""), (result.ExitCode, result.Error));
        using var document = JsonDocument.Parse(result.Output);
        Assert.Equal(mayMake, document.RootElement.GetProperty("canBoot").GetBoolean());
        JsonElement[] facts = [.. document.RootElement.GetProperty("facts").EnumerateArray()];
        Assert.Equal(Checks, facts.Select(fact => fact.GetProperty("check").GetString()));
        Assert.Equal(mayMake ? "ok" : "missing", facts[1].GetProperty("verdict").GetString());
        Assert.Contains(facts, fact => fact.TryGetProperty("remedy", out JsonElement remedy) && remedy.GetString()?.Contains("sudo", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void Packages_to_install_are_those_that_the_build_lists()
    {
        string listed = File.ReadAllText(Repository.At("build/debian-packages.txt"));
        foreach (string file in Directory.GetFiles(Repository.At("src/Megatux.Cli/Doctor"), "*.cs"))
            foreach (Match named in Regex.Matches(File.ReadAllText(file), "apt-get install (?:--reinstall )?([a-z][a-z0-9-]+)"))
                Assert.Contains($"\n{named.Groups[1].Value}\n", listed, StringComparison.Ordinal);
    }

    [Fact]
    public void An_experiment_that_is_not_built_or_too_large_does_not_fit()
    {
        using var folder = new TempFolder();
        folder.Write("x.megatux", "<Project />");
        CommandResult unbuilt = MegatuxProgram.Run("doctor", folder["x.megatux"]);
        Assert.Equal(1, unbuilt.ExitCode);
        Assert.Contains("dotnet build", unbuilt.Output, StringComparison.Ordinal);

        (Experiment? experiment, _) = new ExperimentDescription
        {
            Name = "doctor-too-large", PhysicalHosts = "h[0-999]", VmsPerHost = "200", VmNetworkStart = "10.0.0.0", VmNetmask = "24", VmMemory = "4096",
        }.Resolve(EquationCompiler.Instance);
        folder.Write($"bin/{Manifest.FileName}", new Manifest { Experiment = experiment!, Xproc = new XprocSettings(true, "eth0"), Members = [] }.ToJson());
        CommandResult large = MegatuxProgram.Run("doctor", folder["x.megatux"]);
        Assert.Equal(1, large.ExitCode);
        Assert.Contains("see experiment, its-memory", large.Output[large.Output.IndexOf("cannot run", StringComparison.Ordinal)..].Replace("root, ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("820000000 MiB", large.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_experiment_that_is_nowhere_is_an_error() =>
        Assert.StartsWith($"error {ErrorCodes.ManifestMissing}: ", MegatuxProgram.Run("doctor", "/nowhere.megatux").Error, StringComparison.Ordinal);

    // Other tests have processes and files of theirs; links, mounts and cgroups they do not touch.
    private static string Traces() => Testing.Command.Run("sh", ["-c", "ip -o link | cut -d: -f2 | sort; sort /proc/self/mounts; ls /dev/shm"]).Succeeded().Output;
}
