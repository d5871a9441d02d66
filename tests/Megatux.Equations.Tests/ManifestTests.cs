using System.Text;
using Megatux.Model;

namespace Megatux.Equations.Tests;

/// <summary>Equations travel in the manifest, and are the same wherever it is read.</summary>
public sealed class ManifestTests
{
    [Fact]
    public void An_experiment_with_equations_is_read_as_it_was_written()
    {
        Experiment racks = Plans.Racks.Adding("HostAddress", Plans.RackAddress, Plans.RackInverse)
            .Adding("GuestPlace", "; two lines\n(+ 3 g)").Resolved();
        Manifest manifest = Of(racks);

        Manifest read = Manifest.Parse(manifest.ToJson(), "experiment.json", EquationCompiler.Instance);

        Assert.Equal(racks, read.Experiment);
        Assert.Equal(manifest.ToJson(), read.ToJson());
        Assert.Equal("10.3.0.8", read.Experiment.Find("r3n7")!.Address.ToString());
        Assert.Equal("100.0.0.3", read.Experiment.Guest(0, 0).Address.ToString());
        Assert.Contains("\"schema\": 1", Encoding.UTF8.GetString(manifest.ToJson()), StringComparison.Ordinal);
    }

    [Fact]
    public void An_experiment_without_equations_says_nothing_of_them() =>
        Assert.DoesNotContain("equation", Encoding.UTF8.GetString(Of(Plans.Racks.Resolved()).ToJson()), StringComparison.Ordinal);

    [Theory]
    [InlineData("\"function\":\"HostAddress\"", "\"function\":\"HostAdress\"", ErrorCodes.ManifestPlanInvalid)]
    [InlineData("(ip 10 ", "(ip 11 ", ErrorCodes.ManifestPlanInvalid)]
    [InlineData("(ip 10 ", "(ip 10 (", ErrorCodes.ManifestPlanInvalid)]
    [InlineData("(octet 3 a) -1", "(octet 3 a) -2", ErrorCodes.ManifestPlanInvalid)]
    [InlineData("\"expression\":\"", "\"expression\":\" ", ErrorCodes.ManifestValueInvalid)]
    [InlineData("\"function\"", "\"name\"", ErrorCodes.ManifestMalformed)]
    [InlineData("{\"function\"", "null,{\"function\"", ErrorCodes.ManifestMalformed)]
    public void A_manifest_whose_equation_was_changed_for_the_worse_is_refused(string found, string changed, string code)
    {
        string json = Encoding.UTF8.GetString(Of(Plans.Racks.Adding("HostAddress", Plans.RackAddress, Plans.RackInverse).Resolved()).ToJson());
        Assert.Contains(found, json, StringComparison.Ordinal);

        MegatuxException refused = Assert.Throws<MegatuxException>(() =>
            Manifest.Parse(Encoding.UTF8.GetBytes(json.Replace(found, changed, StringComparison.Ordinal)), "experiment.json", EquationCompiler.Instance));

        Assert.Equal(code, refused.Problem.Code);
    }

    private static Manifest Of(Experiment experiment) => new() { Experiment = experiment, Xproc = new XprocSettings(true, "eth0"), Members = [] };
}
