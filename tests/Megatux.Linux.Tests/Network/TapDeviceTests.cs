using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace Megatux.Linux.Tests;

/// <summary>Alone: a child that another test starts holds for a moment what is open here, and a tap that is held is busy.</summary>
[CollectionDefinition(nameof(TapDeviceTests), DisableParallelization = true)]
public sealed class TapDevicesAlone;

[Collection(nameof(TapDeviceTests))]
public sealed class TapDeviceTests : IDisposable
{
    private readonly TestNetwork _network = new();

    public TapDeviceTests() => Assert.SkipUnless(File.Exists("/dev/net/tun"), "there is no /dev/net/tun");

    public void Dispose() => _network.Dispose();

    [Fact]
    public void A_tap_persists_with_the_properties_that_hypervisors_expect()
    {
        _network.Namespace.Run(() => TapDevice.CreatePersistent("tap0"));
        JsonElement data = _network.Link("tap0").Info().GetProperty("info_data");
        Assert.Equal(("tap", false, true, false, true), (data.Text("type"), data.GetProperty("pi").GetBoolean(),
            data.GetProperty("vnet_hdr").GetBoolean(), data.GetProperty("multi_queue").GetBoolean(),
            data.GetProperty("persist").GetBoolean()));
    }

    [Fact]
    public void A_tap_may_be_made_again_and_deleted()
    {
        _network.Namespace.Run(() => TapDevice.CreatePersistent("tap0"));
        _network.Namespace.Run(() => TapDevice.CreatePersistent("tap0"));
        Assert.Equal(["tap0"], _network.Names());
        _network.Commit(setup => setup.Delete("tap0"));
        Assert.Empty(_network.Names());
    }

    [Fact]
    public void A_tap_is_attached_to_by_one_at_a_time_and_passes_frames()
    {
        _network.Namespace.Run(() => TapDevice.CreatePersistent("tap0"));
        using SafeFileHandle tap = _network.Namespace.Run(() => TapDevice.Open("tap0"));
        Assert.Contains("tap0: Device or resource busy",
            Assert.Throws<IOException>(() => _network.Namespace.Run(() => TapDevice.Open("tap0"))).Message, StringComparison.Ordinal);
        _network.Commit(setup => setup.SetUp("tap0"));

        // Ten bytes of virtio header, then a frame for everyone.
        byte[] frame = new byte[10 + 60];
        frame.AsSpan(10, 6).Fill(0xFF);
        using (var stream = new FileStream(tap, FileAccess.Write, bufferSize: 0))
            stream.Write(frame);
        Assert.Equal(1, Assert.Single(_network.Ip("-s link show dev tap0")).GetProperty("stats64").GetProperty("rx").Number("packets"));
    }

    [Fact]
    public void A_tap_that_was_only_opened_vanishes_when_closed()
    {
        using (_network.Namespace.Run(() => TapDevice.Open("tap0")))
            Assert.Equal(["tap0"], _network.Names());
        Assert.Empty(_network.Names());
    }

    [Fact]
    public void The_name_of_another_device_is_refused()
    {
        _network.Commit(setup => setup.AddBridge("br0", []));
        IOException failure = Assert.Throws<IOException>(() => _network.Namespace.Run(() => TapDevice.CreatePersistent("br0")));
        Assert.Contains("tap br0: ", failure.Message, StringComparison.Ordinal);
    }
}
