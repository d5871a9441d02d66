using System.Text.RegularExpressions;

namespace Megatux.Sdk.Tests;

/// <summary>Nothing that is built grows with the number of nodes.</summary>
public sealed partial class ScaleTests
{
    private const int LargestManifest = 4096;
    private const int MostNames = 6;

    [Theory]
    [InlineData("hyperion", 985 * 1024)]
    [InlineData("thunderbird", 4600 * 250)]
    public void The_experiments_of_a_million_guests_hold_no_list_of_nodes(string name, int guests)
    {
        using TestExperiment experiment = TestExperiment.Of(name);
        BuildResult result = experiment.BuildWell();
        Assert.Contains($"{guests:N0} guests", result.Output);
        Assert.True(new FileInfo(experiment[$"{name}/bin/experiment.json"]).Length < LargestManifest);
        foreach (string file in Directory.EnumerateFiles(experiment[name], "*", SearchOption.AllDirectories))
        {
            bool isText = Path.GetExtension(file) is ".json" or ".ipxe" or ".conf" or ".index" or ".outputs";
            if (isText)
                Assert.True(NodeName().Count(File.ReadAllText(file)) <= MostNames, $"{file} names {NodeName().Count(File.ReadAllText(file))} nodes");
        }

        foreach (string image in (string[])["initramfs-guest.img", "initramfs-host.img"])
            Assert.True(NodeName().Count(ImageText.Text(experiment[$"{name}/bin/{image}"], "etc/megatux/experiment.json")) <= MostNames);
        Assert.True(experiment.BuildWell().UpToDate);
    }

    [Fact]
    public void A_million_hosts_cost_what_two_hosts_cost()
    {
        const string network = "<HostNetwork>172.16.0.0/12</HostNetwork>";
        using TestExperiment few = Projects.MakeSmall(network);
        using TestExperiment many = Projects.MakeSmall(network);
        foreach (TestExperiment experiment in (TestExperiment[])[few, many])
            experiment.Edit("255.255.255.0", "255.255.255.248");
        many.Edit("h[0-1]", "h[0-999999]");
        BuildResult fewResult = few.BuildWell(), manyResult = many.BuildWell();
        Assert.Contains("1,000,000 hosts", manyResult.Output);
        Assert.Equal(Lines(fewResult), Lines(manyResult));
        Assert.Equal(few.Digests().Keys, many.Digests().Keys);
        foreach (string file in few.Digests().Keys)
            Assert.InRange(new FileInfo(many[$"bin/{file}"]).Length - new FileInfo(few[$"bin/{file}"]).Length, -1024, 1024);
        foreach (string file in few.Digests("obj").Keys)
            Assert.InRange(new FileInfo(many[$"obj/{file}"]).Length - new FileInfo(few[$"obj/{file}"]).Length, -1024, 1024);
    }

    // What NuGet says when it unpacks the SDK for the first time is not the build's.
    private static int Lines(BuildResult result) => result.Output[result.Output.IndexOf("MegatuxScan", StringComparison.Ordinal)..].Count(c => c == '\n');

    [GeneratedRegex(@"\b(ehyperion|tbird)\d+|\bvm\d+\.")]
    private static partial Regex NodeName();
}
