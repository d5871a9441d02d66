using Megatux.Equations;

namespace Megatux.Model.Tests;

/// <summary>Agents do what a manifest says, so what Megatux would not have written is refused, with the place.</summary>
public sealed class ManifestRefusalTests
{
    private static readonly string Good = Manifests.Of(Experiments.Laptop, members: 2).Text();

    [Theory]
    [InlineData("\"schema\": 1", "\"schema\": 2", ErrorCodes.ManifestSchemaUnknown, 0, "schema 2")]
    [InlineData("\"schema\": 1,", "", ErrorCodes.ManifestMalformed, 0, "schema")]
    [InlineData("\"schema\": 1", "\"schema\": \"1\"", ErrorCodes.ManifestMalformed, 2, "schema")]
    [InlineData("\"vmsPerHost\": 50,", "", ErrorCodes.ManifestMalformed, 19, "vmsPerHost")]
    [InlineData("\"vmsPerHost\": 50", "\"vmsPerHost\": 50.5", ErrorCodes.ManifestMalformed, 6, "vmsPerHost")]
    [InlineData("\"vmsPerHost\": 50", "\"vmsPerHost\": null", ErrorCodes.ManifestMalformed, 6, "vmsPerHost")]
    [InlineData("\"vmsPerHost\": 50", "\"vmsPerHost\": 50, \"vmsPerHost\": 50", ErrorCodes.ManifestMalformed, 6, "vmsPerHost")]
    [InlineData("\"vmsPerHost\": 50", "\"vmsPerhost\": 50", ErrorCodes.ManifestMalformed, 6, "vmsPerhost")]
    [InlineData("\"name\": \"laptop\"", "\"name\": null", ErrorCodes.ManifestMalformed, 4, "name")]
    [InlineData("\"name\": \"laptop\"", "\"name\": \"laptop\", \"extra\": 1", ErrorCodes.ManifestMalformed, 4, "extra")]
    [InlineData("\"members\": [", "\"members\": [null,", ErrorCodes.ManifestMalformed, 0, "")]
    [InlineData("\"vmsPerHost\": 50", "\"vmsPerHost\": 500", ErrorCodes.ManifestPlanInvalid, 0, "/23")]
    [InlineData("\"hosts\": \"laptop[0-1]\"", "\"hosts\": \"laptop[1-0]\"", ErrorCodes.ManifestPlanInvalid, 0, "backwards")]
    [InlineData("\"hosts\": \"laptop[0-1]\"", "\"hosts\": \"laptop0,laptop1\"", ErrorCodes.ManifestValueInvalid, 0, "laptop[0-1]")]
    [InlineData("\"macPrefix\": \"02:4d\"", "\"macPrefix\": \"02-4D\"", ErrorCodes.ManifestValueInvalid, 0, "02:4d")]
    [InlineData("\"hypervisor\": \"uml\"", "\"hypervisor\": \"\"", ErrorCodes.ManifestValueInvalid, 0, "uml")]
    [InlineData("\"hypervisor\": \"uml\"", "\"hypervisor\": \"UML\"", ErrorCodes.ManifestValueInvalid, 0, "uml")]
    [InlineData("\"memoryOvercommit\": 1,", "\"memoryOvercommit\": 1.00,", ErrorCodes.ManifestValueInvalid, 0, "1.00")]
    [InlineData("\"port\": 2223", "\"port\": 0", ErrorCodes.ManifestValueInvalid, 0, "65535")]
    [InlineData("\"image\":\"guest\"", "\"image\":\"gues\"", ErrorCodes.ManifestValueInvalid, 0, "host or guest")]
    [InlineData("\"image\":\"guest\"", "\"image\":\"guest\",\"nodes\":\"vm[0-50].laptop0\"", ErrorCodes.ManifestValueInvalid, 0, "vm50.laptop0")]
    [InlineData("\"image\":\"guest\"", "\"image\":\"guest\",\"nodes\":\"\"", ErrorCodes.ManifestValueInvalid, 0, "nodes is empty")]
    [InlineData("\"image\":\"guest\"", "\"image\":\"guest\",\"nodes\":\"vm[\"", ErrorCodes.ManifestValueInvalid, 0, "guest-overlay-0")]
    [InlineData("\"compression\":\"gzip\"", "\"compression\":\"xz\"", ErrorCodes.ManifestValueInvalid, 0, "none, gzip or zstd")]
    [InlineData("\"size\":123456789", "\"size\":-1", ErrorCodes.ManifestValueInvalid, 0, "-1")]
    [InlineData("\"size\":123456789", "\"size\":1e40", ErrorCodes.ManifestMalformed, 30, "size")]
    [InlineData("aaaa\"", "AAAA\"", ErrorCodes.ManifestValueInvalid, 0, "sha256")]
    [InlineData("aaaa\"", "\"", ErrorCodes.ManifestValueInvalid, 0, "sha256")]
    [InlineData("members/guest-overlay-0", "members/../guest-overlay-0", ErrorCodes.ManifestValueInvalid, 0, "relative")]
    [InlineData("members/guest-overlay-0", "/etc/guest-overlay-0", ErrorCodes.ManifestValueInvalid, 0, "relative")]
    [InlineData("members/guest-overlay-0", "members//guest-overlay-0", ErrorCodes.ManifestValueInvalid, 0, "relative")]
    [InlineData("members/guest-overlay-0", "members/\\u0000", ErrorCodes.ManifestValueInvalid, 0, "relative")]
    [InlineData("\"file\":\"vmlinuz\"", "\"file\":\"..\"", ErrorCodes.ManifestValueInvalid, 0, "host kernel")]
    [InlineData("\"version\":\"6.12.33\"", "\"version\":\"\"", ErrorCodes.ManifestValueInvalid, 0, "guest kernel")]
    [InlineData("\"name\":\"guest-overlay-1\"", "\"name\":\"guest-overlay-0\"", ErrorCodes.ManifestValueInvalid, 0, "two members")]
    [InlineData("\"name\":\"guest-overlay-1\"", "\"name\":\"\\ud800\"", ErrorCodes.ManifestMalformed, 0, "")]
    [InlineData("]\n}\n", "]\n}\n{}", ErrorCodes.ManifestMalformed, 34, "")]
    [InlineData("]\n}\n", "],\n}\n", ErrorCodes.ManifestMalformed, 33, "")]
    [InlineData("]\n}\n", "]\n", ErrorCodes.ManifestMalformed, 33, "")]
    [InlineData("{\n  \"schema\"", "// no\n{\n  \"schema\"", ErrorCodes.ManifestMalformed, 1, "")]
    public void A_change_for_the_worse_is_refused(string from, string to, string code, int line, string word)
    {
        Assert.Contains(from, Good, StringComparison.Ordinal);
        int at = Good.IndexOf(from, StringComparison.Ordinal);
        Problem problem = Refused(Good[..at] + to + Good[(at + from.Length)..]);
        Assert.True(code == problem.Code, problem.ToString());
        Assert.Contains(word, problem.Message, StringComparison.Ordinal);
        Assert.Contains("uild the experiment again", problem.Message, StringComparison.Ordinal);
        Assert.Equal("bin/experiment.json", problem.Where!.Value.File);
        if (line > 0)
            Assert.Equal(line, problem.Where!.Value.Line);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("\u007fELF")]
    public void A_file_of_another_kind_is_refused(string text) =>
        Assert.Equal(ErrorCodes.ManifestMalformed, Refused(text).Code);

    [Fact]
    public void Nesting_without_end_is_refused() =>
        Assert.Equal(ErrorCodes.ManifestMalformed, Refused(new string('[', 100_000)).Code);

    [Fact]
    public void A_file_without_end_is_refused_once_it_is_too_long()
    {
        using var endless = new Endless();
        MegatuxException refused = Assert.Throws<MegatuxException>(() => Manifest.Read(endless, "zero", EquationCompiler.Instance));
        Assert.Equal(ErrorCodes.ManifestTooLarge, refused.Problem.Code);
        Assert.InRange(endless.Served, Manifest.MaxLength, Manifest.MaxLength + 65536);
    }

    private static Problem Refused(string text) => Assert.Throws<MegatuxException>(() => Manifests.Parse(text)).Problem;

    private sealed class Endless : MemoryStream
    {
        public long Served { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            buffer.Fill((byte)' ');
            Served += buffer.Length;
            return buffer.Length;
        }
    }
}
