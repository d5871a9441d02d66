using Megatux.Model;

namespace Megatux.EndToEnd.Tests;

/// <summary>What <c>megatux image boot</c> says before it starts anything.</summary>
public sealed class ImageBootRefusalTests(EveryPart built) : IClassFixture<EveryPart>
{
    [Fact]
    public void An_experiment_that_is_not_built_is_told_how_to_build_it()
    {
        built.Experiment.Write("unbuilt/other.megatux", "");
        Refused("MTX1301", "build it with `dotnet build ", built.Experiment["unbuilt"]);
    }

    [Fact]
    public void A_node_that_is_not_there_is_told_with_the_nearest() => Refused("MTX1219", "Did you mean vm2.h1?", built.Experiment.ProjectFile, "vm7.h1");

    [Fact]
    public void A_container_has_no_kernel_to_boot()
    {
        string copy = Copy("container", text =>
        {
            string[] lines = text.Replace("\"hypervisor\": \"uml\"", "\"hypervisor\": \"container\"", StringComparison.Ordinal).Split('\n');
            return string.Join('\n', lines.Where(line => !line.Contains("\"guest\": {", StringComparison.Ordinal))).Replace("},\n  },", "}\n  },", StringComparison.Ordinal);
        });
        Refused("MTX3101", "vm0.h0 is a container, and containers have no kernel to boot", copy);
    }

    [Theory]
    [InlineData("linux-guest", "vm0.h0")]
    [InlineData("initramfs-guest.img", "vm0.h0")]
    [InlineData("vmlinuz-host", "h0")]
    [InlineData("members/guest-overlay-some.cpio.gz", "vm1.h1")]
    public void A_file_that_the_build_made_and_somebody_removed_is_named(string file, string node)
    {
        string copy = Copy("without", text => text);
        File.Delete(Path.Combine(copy, file));
        Refused("MTX3102", Path.Combine(copy, file), copy, node);
    }

    [Fact]
    public void Too_little_memory_is_refused_with_the_arithmetic()
    {
        string copy = Copy("huge", text => text.Replace("\"vmMemoryMiB\": 96", "\"vmMemoryMiB\": 99999996", StringComparison.Ordinal));
        Refused("MTX3104", "vm0.h0 needs 99999996 MiB, and uml 4 MiB of its own: 100000000 MiB together. Of this machine's ", copy);
    }

    [Fact]
    public void Without_QEMU_the_package_is_named()
    {
        CommandResult result = built.BootOther(built.Experiment.ProjectFile, ["h0"], path: built.Experiment["tmp"]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("error MTX3103: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("install the package qemu-system-x86.", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--timeout", "0")]
    [InlineData("--timeout", "soon")]
    [InlineData("--kernel-argument", "x")]
    public void Options_that_make_no_sense_are_refused(string option, string value) =>
        Assert.Equal(2, built.Boot("vm0.h0", option, value).ExitCode);

    private void Refused(string code, string words, string experiment, params string[] arguments)
    {
        CommandResult result = built.BootOther(experiment, arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"error {code}: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    private string Copy(string name, Func<string, string> change)
    {
        string copy = built.Experiment[name];
        Command.Run("cp", ["-aT", built.Experiment["bin"], copy]).Succeeded();
        string manifest = Path.Combine(copy, Manifest.FileName);
        File.WriteAllText(manifest, change(File.ReadAllText(manifest)));
        return copy;
    }
}
