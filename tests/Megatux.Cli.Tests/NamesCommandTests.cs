using Megatux.Equations;
using Megatux.Model;

namespace Megatux.Cli.Tests;

public sealed class NamesCommandTests
{
    [Fact]
    public void A_signal_ends_the_service_well_after_it_has_answered()
    {
        Assert.SkipUnless(Command.Find("dig") is not null, "dig is not installed: the Debian package bind9-dnsutils has it");
        using var folder = new TempFolder();
        string manifest = Built(folder);
        CommandResult result = MegatuxProgram.Shell($$"""
            $MEGATUX names {{manifest}} --listen 127.0.0.1:0 > {{folder["said"]}} & server=$!
            for i in $(seq 300); do grep -q Ctrl-C {{folder["said"]}} && break; sleep 0.1; done
            port=$(sed -n 's/.*127\.0\.0\.1:\([0-9]*\).*/\1/p' {{folder["said"]}})
            dig +short -p "$port" @127.0.0.1 vm3.laptop1 vm3.laptop1.laptop.megatux
            kill -TERM $server; wait $server
            """);
        Assert.Equal((0, "10.0.1.5\n10.0.1.5\n"), (result.ExitCode, result.Output));
        Assert.StartsWith("Serving names of laptop.megatux at 127.0.0.1:", File.ReadAllText(folder["said"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere", ErrorCodes.NamesListenUnclear)]
    [InlineData("192.0.2.1:5353", ErrorCodes.NamesAddressUnusable)]
    public void An_address_that_cannot_be_served_on_is_one_line_of_error(string listen, string code)
    {
        using var folder = new TempFolder();
        CommandResult result = MegatuxProgram.Run("names", Built(folder), "--listen", listen);
        Assert.Equal((CommandRunner.Failed, ""), (result.ExitCode, result.Output));
        Assert.StartsWith($"error {code}: ", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void Help_shows_an_example() => Assert.Contains("Example: megatux names", MegatuxProgram.Run("names", "--help").Output, StringComparison.Ordinal);

    private static string Built(TempFolder folder)
    {
        (Experiment? experiment, _) = new ExperimentDescription
        {
            Name = "laptop",
            PhysicalHosts = "laptop[0-1]",
            VmsPerHost = "50",
            VmNetworkStart = "10.0.0.0",
            VmNetmask = "24",
            VmMemory = "30",
        }.Resolve(EquationCompiler.Instance);
        return folder.Write(Manifest.FileName, new Manifest { Experiment = experiment!, Xproc = new XprocSettings(true, "eth0"), Members = [] }.ToJson());
    }
}
