using System.Text.Json;

namespace Megatux.EndToEnd.Tests;

/// <summary>What is missing, taken or dies when an experiment boots on this machine: one clear error each, and nothing that leaks.</summary>
[Collection(nameof(LocalBootTests))]
public sealed class LocalFaultTests(LocalExperiments experiments) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public void Dispose() => experiments.End();

    [Fact]
    public void A_build_that_is_half_there_and_a_place_that_is_taken_are_refused_before_anything_starts()
    {
        using var local = new LocalExperiment("container");
        string image = local.Experiment["bin/initramfs-host.img"], away = local.Experiment["away"];
        File.Copy(image, away);

        File.Delete(image);
        Refused(local, "MTX3102", image, "build the experiment again");
        foreach (long length in (long[])[0, new FileInfo(away).Length / 2])
        {
            File.WriteAllBytes(image, File.ReadAllBytes(away)[..(int)length]);
            Refused(local, "MTX3512", image, $"has {length} bytes");
        }

        // Longer than what the manifest lists of it, and still cut off: what unpacks it says so.
        File.WriteAllBytes(image, File.ReadAllBytes(away)[..^1000]);
        Refused(local, "MTX", image, "");
        File.Move(away, image, overwrite: true);

        Directory.CreateDirectory(Path.GetDirectoryName(local.RunFolder)!);
        File.WriteAllText(local.RunFolder, "mine");
        Refused(local, "MTX3511", local.RunFolder, "is no folder", isFree: false);
        Assert.Equal("mine", File.ReadAllText(local.RunFolder));
        File.Delete(local.RunFolder);

        Directory.CreateDirectory(local.RunFolder);
        File.WriteAllText(Path.Combine(local.RunFolder, "thesis"), "mine");
        Refused(local, "MTX3511", local.RunFolder, "was not made by megatux boot", isFree: false);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(local.RunFolder, "thesis")));
        Directory.Delete(local.RunFolder, recursive: true);

        string manifest = local.Experiment["bin/experiment.json"], text = File.ReadAllText(manifest);
        File.WriteAllText(manifest, text.Replace("\"hypervisor\": \"container\"", "\"hypervisor\": \"uml\"", StringComparison.Ordinal)
            .Replace("\"vmMemoryMiB\": 40", "\"vmMemoryMiB\": 10000000", StringComparison.Ordinal));
        Refused(local, "MTX3104", "6 guests of 10000004 MiB", "need 60000024 MiB, and ");
        if (!Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(local.RunFolder)!).Any())
            Directory.Delete(Path.GetDirectoryName(local.RunFolder)!);
    }

    [Fact]
    public void Guests_under_UML_that_die_as_they_boot_count_as_failed_and_are_tried_again_after_pauses() => AssertTriedAgain("uml",
        ("sbin/megatux-guest", "not a program", "Kernel panic"),
        ("etc/megatux/run.d/20-again", "#!/bin/sh\nreboot -f\n", "restarting system"));

    [Fact]
    public void Containers_that_die_as_they_boot_count_as_failed_and_are_tried_again_after_pauses() => AssertTriedAgain("container",
        ("sbin/megatux-guest", "not a program", "vm0.h7 cannot be started: "),
        ("sbin/megatux-guest", "#!/bin/sh\necho farewell; exit 3\n", "farewell"));

    [Fact]
    public void A_host_that_is_killed_takes_its_guests_along_and_comes_up_again_with_new_ones()
    {
        LocalExperiment local = experiments.Of("uml");
        string before = LocalExperiment.Traces();
        local.Boot().Succeeded();
        string running = RunningTraces();
        foreach (string guest in (string[])["vm0.h7", "vm2.h7", "vm0.h8", "vm2.h8"])
            local.In(guest, "touch /tmp/life").Succeeded();

        Command.Run("kill", ["-KILL", $"{local.HostProcess("h7")}"]).Succeeded();
        AwaitUp(local, "vm[0-2].h[7-8]", () => local.In("vm0.h7", "test ! -e /tmp/life").ExitCode == 0 && local.In("vm2.h7", "test ! -e /tmp/life").ExitCode == 0);
        local.In("vm0.h8", "test -e /tmp/life && ping -c 1 -W 5 vm1.h7").Succeeded();
        local.In("vm2.h8", "test -e /tmp/life").Succeeded();

        using (JsonDocument status = JsonDocument.Parse(local.Status()))
        {
            Assert.Equal(1, status.RootElement.GetProperty("hostFailures").GetInt64());
            Assert.Equal(0, status.RootElement.GetProperty("failures").GetInt64());
        }

        Assert.Contains("1 of hosts", local.Ask("status").Succeeded().Output, StringComparison.Ordinal);
        Assert.True(SpinWait.SpinUntil(() => running == RunningTraces(), Patience), $"before:\n{running}\nafter:\n{RunningTraces()}");
        local.Halt().Succeeded();
        Assert.Equal(before, LocalExperiment.Traces());
    }

    [Fact]
    public void Without_tap_devices_hosts_say_what_is_missing_and_how_to_get_it()
    {
        LocalExperiment local = experiments.Of("uml");
        string before = LocalExperiment.Traces();
        CommandResult booted = LocalExperiment.Within("mount -t tmpfs none /dev/net", "boot", local.Experiment.ProjectFile, "--timeout", "5");
        Assert.Equal(1, booted.ExitCode);
        foreach (string part in (string[])["h[7-8]: ", "/dev/net/tun", "modprobe tun"])
            Assert.Contains(part, booted.Output, StringComparison.Ordinal);
        Assert.Contains("modprobe tun", local.Ask("status").Succeeded().Output, StringComparison.Ordinal);
        local.Halt().Succeeded();
        Assert.Equal(before, LocalExperiment.Traces());
    }

    /// <summary>Boots the first guests of h7, each with a file of its own that has it die, and with these last words.</summary>
    private static void AssertTriedAgain(string hypervisor, params (string File, string Text, string Last)[] guests)
    {
        using var local = new LocalExperiment(hypervisor, items: string.Concat(guests.Select((_, at) => $"<GuestOverlay Include=\"dies{at}\" Nodes=\"vm{at}.h7\" />")),
            programs: [.. guests.Select((guest, at) => ($"dies{at}/{guest.File}", guest.Text))]);
        string before = LocalExperiment.Traces();
        string set = $"vm[0-{guests.Length - 1}].h7";
        CommandResult booted = LocalExperiment.Megatux("boot", local.Experiment.ProjectFile, "--only", set, "--timeout", "6");
        Assert.Equal(1, booted.ExitCode);
        Assert.Contains("MTX3505", booted.Error, StringComparison.Ordinal);
        Assert.Contains($"{guests.Length} of {guests.Length + 1} nodes are not up", booted.Error, StringComparison.Ordinal);
        Assert.Contains(set, booted.Error, StringComparison.Ordinal);
        using (JsonDocument status = JsonDocument.Parse(local.Status()))
        {
            // Pauses of 1, 2, 4 s and more: what is tried without them fails some fifty times by now.
            Assert.InRange(status.RootElement.GetProperty("failures").GetInt64(), guests.Length, 5 * guests.Length);
            Assert.False(status.RootElement.GetProperty("guests").TryGetProperty("up", out _), "one is up");
        }

        for (int at = 0; at < guests.Length; at++)
            Assert.Contains(guests[at].Last, local.Ask("log", $"vm{at}.h7").Succeeded().Output, StringComparison.OrdinalIgnoreCase);
        local.Halt().Succeeded();
        Assert.Equal(before, LocalExperiment.Traces());
    }

    // A process of a guest under UML is one of this machine's: their number says nothing.
    private static string RunningTraces() => string.Join('\n', LocalExperiment.Traces().Split('\n').Where(line => !line.Contains("linux-guest", StringComparison.Ordinal)));

    private static void Refused(LocalExperiment local, string code, string where, string why, bool isFree = true)
    {
        CommandResult refused = local.Boot();
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains($"error {code}", refused.Error, StringComparison.Ordinal);
        Assert.Contains(where, refused.Error, StringComparison.Ordinal);
        Assert.Contains(why, refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Error, StringComparison.Ordinal);
        if (isFree)
            Assert.False(Directory.Exists(local.RunFolder), "the run folder is left");
    }

    private static void AwaitUp(LocalExperiment local, string guests, Func<bool> condition) => Assert.True(SpinWait.SpinUntil(() =>
    {
        Thread.Sleep(200);
        using JsonDocument status = JsonDocument.Parse(local.Status());
        return status.RootElement.GetProperty("guests").TryGetProperty("up", out JsonElement up) && up.GetString() == guests && condition();
    }, Patience), local.Status());
}
