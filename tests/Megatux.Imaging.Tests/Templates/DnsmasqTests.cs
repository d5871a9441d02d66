using System.Text;

namespace Megatux.Imaging.Tests;

/// <summary>The rendered dnsmasq.conf in the hands of the real dnsmasq (Debian package dnsmasq-base).</summary>
public sealed class DnsmasqTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("address", "")]
    [InlineData("address", "10.77.0.254")]
    [InlineData("hostname", "")]
    public void Dnsmasq_accepts_the_configuration(string identity, string gateway)
    {
        string path = Render(SdkVariables.Laptop(identity, gateway));
        Assert.Contains("OK", Command.Run(Dnsmasq(), ["--test", $"--conf-file={path}"]).Succeeded().All, StringComparison.Ordinal);
    }

    [Fact]
    public void The_configuration_of_a_thousand_hosts_is_accepted_and_names_none_of_them()
    {
        string path = Render(SdkVariables.Hyperion());
        Command.Run(Dnsmasq(), ["--test", $"--conf-file={path}"]).Succeeded();
        string[] lines = File.ReadAllLines(path);
        Assert.DoesNotContain(lines, line => line.StartsWith("dhcp-host", StringComparison.Ordinal));
        Assert.Single(lines, line => line.StartsWith("dhcp-range", StringComparison.Ordinal));
        Assert.Contains("dhcp-lease-max=985", lines);
    }

    /// <summary>
    /// Two machines in a network of their own: one asks for any address, one for a certain one; then dnsmasq starts anew and
    /// they come back, the first one as EFI firmware, the second one as iPXE.
    /// </summary>
    [Fact]
    public void Hosts_known_by_address_get_the_addresses_of_the_range_in_order_and_keep_them()
    {
        Assert.Equal(
            ["02:00:00:00:00:aa 10.77.0.2 router= boot=", "02:4d:0a:4d:00:03 10.77.0.3 router= boot=",
             "02:00:00:00:00:aa 10.77.0.2 router= boot=ipxe.efi", "02:4d:0a:4d:00:03 10.77.0.3 router= boot=boot.ipxe"],
            Ask(SdkVariables.Laptop(), """
                serve
                ask 02:00:00:00:00:aa
                ask 02:4d:0a:4d:00:03 -r 10.77.0.3
                kill $server; wait $server || true
                serve
                ask 02:00:00:00:00:aa -x 0x5d:0007 -O bootfile
                ask 02:4d:0a:4d:00:03 -x 0xaf:01 -O bootfile
                """));
    }

    [Fact]
    public void Hosts_of_a_class_are_told_which_members_they_boot_by_their_addresses_and_the_order_of_machines_stays()
    {
        string hex = Convert.ToHexStringLower("members/host-overlay-first.cpio.gz"u8);
        Assert.Equal(
            [$"02:00:00:00:00:aa 10.77.0.2 router= boot= {hex}", "02:00:00:00:00:bb 10.77.0.3 router= boot=", "02:00:00:00:00:cc 10.77.0.4 router= boot="],
            Ask(SdkVariables.LaptopWithClass(), """
                serve
                ask 02:00:00:00:00:aa
                ask 02:00:00:00:00:bb
                ask 02:00:00:00:00:cc
                """));
    }

    /// <summary>What machines are told that ask one after the other.</summary>
    /// <param name="variables">The experiment.</param>
    /// <param name="asks">A script that has dnsmasq <c>serve</c>, and machines <c>ask</c> by their Ethernet addresses and more arguments of udhcpc's.</param>
    private string[] Ask(TemplateVariables variables, string asks)
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
            Assert.Skip("Network namespaces need root.");
        string configuration = Render(variables);
        string script = _folder.Write("script", $$"""
            set -e
            ip link set lo up
            ip link add eth0 type veth peer name client
            ip addr add 10.77.0.1/24 dev eth0
            ip link set eth0 up
            serve() { {{Dnsmasq()}} --keep-in-foreground --user=root --conf-file={{configuration}} --tftp-root={{_folder.Path}},eth0 --dhcp-leasefile={{_folder["leases"]}} --pid-file= --log-facility=- 2>>{{_folder["log"]}} & server=$!; }
            printf '#!/bin/sh\n[ "$1" != bound ] || echo "$ip router=$router boot=$boot_file$bootfile${opt224:+ $opt224}"\n' >{{_folder["report"]}}
            chmod +x {{_folder["report"]}}
            ask() { mac=$1; shift; ip link set client down; ip link set client address $mac; ip link set client up; echo "$mac $(busybox udhcpc -i client -s {{_folder["report"]}} -n -q -t 8 -T 1 "$@" 2>>{{_folder["log"]}})"; }
            trap 'kill $server' EXIT
            {{asks}}
            """);
        CommandResult result = Command.Run("unshare", ["--net", "--mount", "--kill-child", "--fork", "--pid", "sh", script], deadline: TimeSpan.FromMinutes(1));
        Assert.True(result.ExitCode == 0, result.All + (File.Exists(_folder["log"]) ? File.ReadAllText(_folder["log"]) : ""));
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private string Render(TemplateVariables variables)
    {
        byte[] bytes = new TemplateRenderer().Render(Repository.At("Megatux.Sdk/templates/dnsmasq.conf.hbs"), variables);
        return _folder.Write("dnsmasq.conf", Encoding.UTF8.GetString(bytes));
    }

    private static string Dnsmasq()
    {
        if (Command.Find("dnsmasq") is { } program)
            return program;
        Assert.Skip("dnsmasq is not installed (package dnsmasq-base).");
        return "";
    }
}
