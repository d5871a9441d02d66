using Megatux.Equations;

namespace Megatux.Model.Tests;

public sealed class ManifestTests
{
    [Fact]
    public void A_million_guests_and_twelve_members_take_less_than_4_KiB()
    {
        string text = Manifests.Of(Experiments.Hyperion).Text();
        Assert.InRange(text.Length, 1, 4095);
        Assert.Contains($"\"hosts\": \"{Experiments.HyperionHosts}\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_read_is_what_was_written()
    {
        foreach (ExperimentDescription description in (ExperimentDescription[])[Experiments.Laptop, Experiments.Hyperion, Experiments.Thunderbird])
        {
            Manifest written = Manifests.Of(description);
            Manifest read = Manifests.Parse(written.Text());
            Assert.Equal(written.Experiment, read.Experiment);
            Assert.Equal(written.Xproc, read.Xproc);
            Assert.Equal(written.HostKernel, read.HostKernel);
            Assert.Equal(written.GuestKernel, read.GuestKernel);
            Assert.Equal(written.Members, read.Members);
            Assert.Equal(written.ToJson(), read.ToJson());
        }
    }

    [Fact]
    public void What_there_is_not_is_not_in_the_file_and_not_invented_when_read()
    {
        var bare = new Manifest
        {
            Experiment = Experiments.Laptop.Resolved(),
            Xproc = new XprocSettings(false, "lo"),
            Members = [],
        };
        Assert.DoesNotContain("null", bare.Text(), StringComparison.Ordinal);
        Manifest read = Manifests.Parse(bare.Text());
        Assert.Equal(bare.Experiment, read.Experiment);
        Assert.Null(read.HostKernel);
        Assert.Null(read.GuestKernel);
        Assert.Empty(read.Members);
    }

    [Fact]
    public void The_file_is_the_one_that_this_version_is_known_by()
    {
        string text = Manifests.Of(Experiments.Laptop, members: 1).Text();
        Assert.Equal("""
            {
              "schema": 1,
              "experiment": {
                "name": "laptop",
                "hosts": "laptop[0-1]",
                "vmsPerHost": 50,
                "guestNetworkBase": "10.0.0.0",
                "guestPrefixLength": 24,
                "vmMemoryMiB": 30,
                "hostMemoryMiB": 32768,
                "memoryOvercommit": 1,
                "hostNetwork": "172.31.0.0/24",
                "firstHostAddress": "172.31.0.2",
                "hostGateway": "172.31.0.1",
                "hostIdentity": "address",
                "hostInterface": "eth0",
                "macPrefix": "02:4d",
                "hypervisor": "uml"
              },
              "xproc": {
                "enabled": true,
                "listenInterface": "eth0",
                "port": 2223
              },
              "kernels": {
                "host": {"file":"vmlinuz","sha256":"7777777777777777777777777777777777777777777777777777777777777777","version":"6.12.48+deb13-cloud-amd64"},
                "guest": {"file":"linux.uml","sha256":"7777777777777777777777777777777777777777777777777777777777777777","version":"6.12.33"}
              },
              "members": [
                {"name":"guest-overlay-0","image":"guest","file":"members/guest-overlay-0.cpio.gz","size":123456789,"sha256":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","compression":"none"}
              ]
            }

            """, text);
    }

    [Fact]
    public void A_stream_is_read_to_its_end()
    {
        Manifest written = Manifests.Of(Experiments.Hyperion, members: 100);
        Manifest read = Manifest.Read(new MemoryStream(written.ToJson()), "experiment.json", EquationCompiler.Instance);
        Assert.Equal(written.ToJson(), read.ToJson());
    }

    [Fact]
    public void A_manifest_that_nobody_could_use_is_not_written()
    {
        Manifest good = Manifests.Of(Experiments.Laptop, members: 1);
        var bad = new Manifest { Experiment = good.Experiment with { VmsPerHost = 4000 }, Xproc = good.Xproc, Members = good.Members };
        Assert.Contains("/20", Assert.Throws<InvalidOperationException>(() => bad.ToJson()).Message, StringComparison.Ordinal);
    }
}
