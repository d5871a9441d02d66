using Megatux.Model;
using Megatux.Imaging;

namespace Megatux.EndToEnd.Tests;

/// <summary>
/// A machine with nothing but a network card, QEMU's iPXE firmware, and a boot server that serves what the SDK's templates
/// say (package ipxe-qemu).
/// </summary>
public sealed class NetworkBootTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ThrowawayImage _image = new();

    private static TemplateVariables Variables => new TemplateVariables()
        .Set("experiment.name", "laptop")
        .Set("hosts.set", "host[1-2]")
        .Set("hosts.count", 2)
        .Set("hosts.network", "10.77.0.0/24")
        .Set("hosts.netmask", "255.255.255.0")
        .Set("hosts.first", "10.77.0.2")
        .Set("hosts.last", "10.77.0.3")
        .Set("hosts.leases", [new TemplateVariables().Set("first", "10.77.0.2").Set("last", "10.77.0.3").Set("netmask", "255.255.255.0").Set("class", "")])
        .Set("hosts.classes", Array.Empty<TemplateVariables>())
        .Set("hosts.gateway", "")
        .Set("hosts.interface", "eth0")
        .Set("hosts.identity", "address")
        .Set("mac.prefix", "02:4d")
        .Set("netboot.url", "http://10.77.0.1")
        .Set("netboot.kernel", "vmlinuz")
        .Set("netboot.initrd", "initramfs-host.img")
        .Set("netboot.members", Array.Empty<TemplateVariables>())
        .Set("netboot.commandLine", "console=ttyS0 panic=-1 loglevel=6 rdinit=/init megatux.node=${net0/mac:hexhyp} megatux.poweroff");

    public void Dispose()
    {
        _image.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_machine_boots_from_the_network_by_HTTP_or_else_by_TFTP(bool http)
    {
        BootNetwork.Require();
        _image.Agent(ImageKind.Host);
        string files = http ? "http" : "tftp";
        Render("boot.ipxe.hbs", "tftp/boot.ipxe");
        Render("dnsmasq.conf.hbs", "dnsmasq.conf");
        _folder.Write($"{files}/vmlinuz", File.ReadAllBytes(Qemu.Kernel()));
        _folder.Write($"{files}/initramfs-host.img", File.ReadAllBytes(_image.Pack()));
        CommandResult result = BootNetwork.Run(_folder, $"""
            $dnsmasq --conf-file={_folder["dnsmasq.conf"]} --tftp-root={_folder["tftp"]},eth0 &
            {(http ? $"busybox httpd -f -p 10.77.0.1:80 -h {_folder["http"]} &" : "")}
            {BootNetwork.Emulator} {BootNetwork.Machine} -m 192 -boot n -device virtio-net-pci,netdev=net,mac=02:4d:0a:4d:00:02 </dev/null
            """);
        Assert.True(result.Output.Contains("megatux: 02-4d-0a-4d-00-02 is up", StringComparison.Ordinal), result.All);
        Assert.Contains("Power down", result.Output, StringComparison.Ordinal);
        Assert.Contains("boot.ipxe to 10.77.0.2", result.Error, StringComparison.Ordinal);
        Assert.Equal(!http, result.Error.Contains("vmlinuz to 10.77.0.2", StringComparison.Ordinal));
    }

    private void Render(string template, string name) =>
        _folder.Write(name, new TemplateRenderer().Render(Repository.At($"Megatux.Sdk/templates/{template}"), Variables));
}
