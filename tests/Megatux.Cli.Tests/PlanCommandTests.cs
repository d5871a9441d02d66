using System.Text.Json;
using Megatux.Equations;
using Megatux.Model;

namespace Megatux.Cli.Tests;

public sealed class PlanCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("vm1023.ehyperion1036")]
    [InlineData("4.216.4.1")]
    [InlineData("02:4d:04:d8:04:01")]
    public void A_guest_is_told_by_name_address_and_MAC(string asked)
    {
        JsonElement guest = Json(Hyperion(), asked);
        Assert.Equal("guest", guest.GetProperty("kind").GetString());
        Assert.Equal("vm1023.ehyperion1036", guest.GetProperty("name").GetString());
        Assert.Equal(1_008_639, guest.GetProperty("index").GetInt64());
        Assert.Equal(984, guest.GetProperty("hostRank").GetInt64());
        Assert.Equal("4.216.4.1", guest.GetProperty("address").GetString());
        Assert.Equal(16, guest.GetProperty("prefixLength").GetInt32());
        Assert.Equal("02:4d:04:d8:04:01", guest.GetProperty("mac").GetString());
        Assert.Equal("4.216.0.1", guest.GetProperty("gateway").GetString());
        Assert.Equal("vm1023", guest.GetProperty("tap").GetString());
        Assert.Equal("default via 4.216.0.1 dev eth0", guest.GetProperty("routes")[0].GetString());
    }

    [Theory]
    [InlineData("ehyperion2")]
    [InlineData("172.31.0.1")]
    [InlineData("1.0.0.1")]
    [InlineData("02-4D-AC-1F-00-01")]
    [InlineData("02:4d:01:00:00:01")]
    public void A_host_is_told_by_name_its_own_or_its_bridges_address_and_MAC(string asked)
    {
        JsonElement host = Json(Hyperion(), asked);
        Assert.Equal("host", host.GetProperty("kind").GetString());
        Assert.Equal("ehyperion2", host.GetProperty("name").GetString());
        Assert.Equal("172.31.0.1", host.GetProperty("address").GetString());
        Assert.Equal("1.0.0.1", host.GetProperty("bridgeAddress").GetString());
        Assert.Equal("1.0.0.0/16", host.GetProperty("guestNetwork").GetString());
        Assert.Equal(7, host.GetProperty("routes").GetArrayLength());
    }

    [Fact]
    public void The_whole_is_told_without_a_node()
    {
        JsonElement whole = Json(Hyperion());
        Assert.Equal(985, whole.GetProperty("hosts").GetInt64());
        Assert.Equal(1_008_640, whole.GetProperty("guests").GetInt64());
        Assert.Equal("ehyperion1036", whole.GetProperty("lastHost").GetProperty("name").GetString());
        Assert.Equal("4.216.4.1", whole.GetProperty("lastGuest").GetProperty("address").GetString());
        Assert.Equal(30720, whole.GetProperty("memory").GetProperty("guestsMiB").GetInt64());

        string table = Run(0, Hyperion()).Output;
        Assert.Contains("1008640", table, StringComparison.Ordinal);
        Assert.Contains("vm1023.ehyperion1036, 4.216.4.1", table, StringComparison.Ordinal);
        Assert.DoesNotContain(table.Split('\n'), line => line != line.TrimEnd());
    }

    [Theory]
    [InlineData("1.0.0.0", "the guest network itself")]
    [InlineData("1.3.255.255", "broadcasts to all guests of the host")]
    [InlineData("1.3.9.9", "nobody's")]
    [InlineData("172.31.255.255", "broadcasts to all hosts")]
    [InlineData("172.31.99.1", "nobody's")]
    public void An_address_of_no_machine_is_explained(string address, string role) =>
        Assert.Equal(role, Json(Hyperion(), address).GetProperty("role").GetString());

    [Theory]
    [InlineData("ehyperion147", "Did you mean ehyperion148?")]
    [InlineData("ehyperion99999", "Did you mean ehyperion1036?")]
    [InlineData("ehyperion02", "Did you mean ehyperion2?")]
    [InlineData("vm1024.ehyperion74", "Did you mean vm1023.ehyperion74?")]
    [InlineData("vm3.ehyperion73", "Did you mean vm3.ehyperion74?")]
    [InlineData("vm9999999999999999999.ehyperion74", "Did you mean ehyperion2?")]
    [InlineData("thunderbird", "Did you mean ehyperion2?")]
    [InlineData("", "Did you mean ehyperion2?")]
    [InlineData("a[", "Did you mean ehyperion2?")]
    [InlineData("ehyperion[2-5]", "one of them, such as ehyperion2")]
    [InlineData("1.0.0.0/16", "looks like a network")]
    [InlineData("1.0.0.256", "without leading zeros")]
    [InlineData("02:4d:01", "six octets such as 02:4d:ac:1f:00:01")]
    [InlineData("9.9.9.9", "the first host has 172.31.0.1, the last 172.31.3.217, guest networks are 1.0.0.0 to 4.216.255.255")]
    [InlineData("02:4d:09:09:09:09", "no host or guest")]
    [InlineData("06:4d:01:00:00:02", "begin with 02:4d")]
    public void What_is_unknown_is_answered_with_what_is_near(string asked, string hint)
    {
        string error = Run(2, Hyperion(), asked).Error;
        Assert.Contains(ErrorCodes.NodeUnknown, error, StringComparison.Ordinal);
        Assert.Contains(hint, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void An_experiment_is_named_by_project_folder_or_manifest()
    {
        string project = _folder.Write("laptop/laptop.megatux", "<Project Sdk=\"Megatux.Sdk\" />");
        string manifest = Write("laptop/bin/experiment.json", "laptop[0-1]", 50);
        foreach (string named in (string[])[project, _folder["laptop"], _folder["laptop/bin"], manifest])
            Assert.Equal("vm49.laptop1", Json(named, "vm49.laptop1").GetProperty("name").GetString());
    }

    [Fact]
    public void An_experiment_that_is_not_built_is_told_how_to()
    {
        string project = _folder.Write("laptop/laptop.megatux", "<Project Sdk=\"Megatux.Sdk\" />");
        foreach (string named in (string[])[project, _folder["laptop"]])
        {
            string error = Run(2, named).Error;
            Assert.Contains(ErrorCodes.ManifestMissing, error, StringComparison.Ordinal);
            Assert.Contains($"`dotnet build {project}`", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_folder_with_no_or_several_experiments_is_not_guessed_about()
    {
        Assert.Contains(ErrorCodes.ExperimentUnclear, Run(2, _folder.Path).Error, StringComparison.Ordinal);
        _folder.Write("a.megatux", "");
        _folder.Write("b.megatux", "");
        string error = Run(2, _folder.Path).Error;
        Assert.Contains(ErrorCodes.ExperimentUnclear, error, StringComparison.Ordinal);
        Assert.Contains("a.megatux, b.megatux", error, StringComparison.Ordinal);
        Assert.Contains(ErrorCodes.ManifestMissing, Run(2, _folder["nowhere"]).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_manifest_is_one_line_with_its_place()
    {
        string manifest = Hyperion();
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"vmsPerHost\": 1024", "\"vmsPerHost\": many", StringComparison.Ordinal));
        string error = Run(2, manifest).Error;
        Assert.StartsWith($"{manifest}(6,", error, StringComparison.Ordinal);
        Assert.Contains(ErrorCodes.ManifestMalformed, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void The_program_itself_answers_and_fails_with_its_exit_code()
    {
        string megatux = PublishedCommand.Path;
        Assert.Contains("1.35.0.9", Command.Run(megatux, ["plan", Hyperion(), "vm7.ehyperion37"]).Succeeded().Output, StringComparison.Ordinal);
        CommandResult failed = Command.Run(megatux, ["plan", Hyperion(), "nobody"]);
        Assert.Equal((2, ""), (failed.ExitCode, failed.Output));
        Assert.StartsWith($"error {ErrorCodes.NodeUnknown}: nobody is not a node of test", failed.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("expand @small", "vm3.ehyperion2 vm3.ehyperion3")]
    [InlineData("fold @small ehyperion3", "ehyperion3,vm3.ehyperion[2-3]")]
    [InlineData("count guests!@small", "1008638")]
    [InlineData("unrank @small 1", "vm3.ehyperion3")]
    public void Groups_of_an_experiment_stand_for_nodes_in_arithmetic(string arguments, string output)
    {
        CommandResult result = MegatuxProgram.Run(["nodes", .. arguments.Split(' '), "--experiment", Hyperion()]);
        Assert.Equal((output + "\n", ""), (result.Output, result.Error));
    }

    [Fact]
    public void Groups_are_told_as_a_whole_and_one_by_one()
    {
        Assert.Equal("@small: vm3.ehyperion[2-3]", Json(Hyperion()).GetProperty("groups")[0].GetString());
        JsonElement group = Json(Hyperion(), "@small&vm[0-9].ehyperion3");
        Assert.Equal((1, "vm3.ehyperion3"), (group.GetProperty("count").GetInt64(), group.GetProperty("nodes").GetString()));
        Assert.Contains("did you mean @small?", Run(2, Hyperion(), "@smal").Error, StringComparison.Ordinal);
    }

    private string Hyperion() => Write("hyperion/experiment.json",
        "ehyperion[2-37,74-145,148-283,286-429,432-575,578-721,724-867,870-1013,1016-1036]", 1024);

    private string Write(string file, string hosts, int guests)
    {
        (Experiment? experiment, _) = new ExperimentDescription
        {
            Name = "test",
            PhysicalHosts = hosts,
            VmsPerHost = $"{guests}",
            VmNetworkStart = "1.0.0.0",
            VmMemory = "30",
            Groups = hosts.StartsWith("ehyperion", StringComparison.Ordinal) ? [new GroupDescription("small", "vm3.ehyperion[2-3]")] : [],
        }.Resolve(EquationCompiler.Instance);
        return _folder.Write(file, new Manifest { Experiment = experiment!, Xproc = new XprocSettings(true, "eth0"), Members = [] }.ToJson());
    }

    private static JsonElement Json(params string[] arguments) => JsonDocument.Parse(Run(0, [.. arguments, "--json"]).Output).RootElement;

    private static CommandResult Run(int exitCode, params string[] arguments)
    {
        CommandResult result = MegatuxProgram.Run(["plan", .. arguments]);
        Assert.True(exitCode == result.ExitCode, $"exit code {result.ExitCode}: {result.All}");
        return result;
    }
}
