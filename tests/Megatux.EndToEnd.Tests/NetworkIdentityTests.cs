namespace Megatux.EndToEnd.Tests;

/// <summary>Hosts that nobody tells who they are: they boot what a build made, and learn it from a real DHCP server.</summary>
public sealed class NetworkIdentityTests : IDisposable
{
    private const string CommandLine = "console=ttyS0 panic=-1 loglevel=6 megatux.poweroff";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_host_that_boots_from_the_network_takes_its_place_in_the_plan_from_the_address_that_it_gets()
    {
        BootNetwork.Require();
        using TestExperiment experiment = Build("address");
        CommandResult result = BootNetwork.Run(_folder, $"""
            $dnsmasq --conf-file={experiment["bin/dnsmasq.conf"]} --tftp-root={experiment["bin"]},eth0 &
            busybox httpd -f -p 10.77.0.1:80 -h {experiment["bin"]} &
            {BootNetwork.Emulator} {BootNetwork.Machine} -m 512 -boot n -device virtio-net-pci,netdev=net,mac=52:54:00:12:34:56 </dev/null
            """);
        AssertIs(result, "h7", "inet 10.77.0.2/24", "inet 10.0.0.1/24");
    }

    [Fact]
    public void A_virtual_host_asks_for_the_address_that_its_Ethernet_address_was_derived_from()
    {
        BootNetwork.Require();
        using TestExperiment experiment = Build("address");
        CommandResult result = BootNetwork.Run(_folder, $"""
            $dnsmasq --conf-file={experiment["bin/dnsmasq.conf"]} &
            {Direct(experiment, "02:4d:0a:4d:00:03")}
            """);

        // Not the lowest free one.
        AssertIs(result, "h8", "inet 10.77.0.3/24", "inet 10.0.1.1/24");
    }

    [Fact]
    public void A_host_whose_Ethernet_address_is_its_makers_asks_for_the_address_of_its_place()
    {
        BootNetwork.Require();
        using TestExperiment experiment = Build("address", """<NodeEquation Include="HostMac" Expression="(+ 0x525400123456 (* 3 h))" />""");
        CommandResult result = BootNetwork.Run(_folder, $"""
            $dnsmasq --conf-file={experiment["bin/dnsmasq.conf"]} &
            {Direct(experiment, "52:54:00:12:34:59")}
            """);

        // Not the lowest free one.
        AssertIs(result, "h8", "inet 10.77.0.3/24", "inet 10.0.1.1/24");
    }

    [Fact]
    public void A_host_waits_for_a_DHCP_server_that_comes_late_and_takes_its_name_from_it()
    {
        BootNetwork.Require();
        using TestExperiment experiment = Build("hostname");
        CommandResult result = BootNetwork.Run(_folder, $"""
            {Direct(experiment, "52:54:00:12:34:56")} >{_folder["console"]} &
            machine=$!
            tries=0
            until grep -q 'no DHCP server answers on eth0' {_folder["console"]}; do tries=$((tries+1)); [ $tries -lt 600 ]; sleep 0.2; done
            $dnsmasq --conf-file={experiment["bin/dnsmasq.conf"]} --dhcp-host=52:54:00:12:34:56,h8,10.77.0.50 &
            wait $machine
            cat {_folder["console"]}
            """);

        // The plan's address, and the one that others know the host by.
        AssertIs(result, "h8", "inet 10.77.0.3/24", "inet 10.77.0.50/24", "inet 10.0.1.1/24");
    }

    /// <summary>Boots without firmware asking for an address first.</summary>
    private static string Direct(TestExperiment experiment, string mac) =>
        $"{BootNetwork.Emulator} {BootNetwork.Machine} -m 512 -device virtio-net-pci,netdev=net,mac={mac},romfile= "
        + $"-kernel {experiment["bin/vmlinuz-host"]} -initrd {experiment["bin/initramfs-host.img"]} -append \"{CommandLine}\" </dev/null";

    private static void AssertIs(CommandResult result, string name, params string[] addresses)
    {
        foreach (string part in (string[])[$"megatux: {name} is up", $"I am {name}", .. addresses, "Power down"])
            Assert.True(result.Output.Contains(part, StringComparison.Ordinal), $"'{part}' is missing:\n{result.All}");
    }

    private static TestExperiment Build(string identity, string items = "")
    {
        var experiment = new TestExperiment($"""
            <Project Sdk="Megatux.Sdk">
              <PropertyGroup>
                <VmsPerHost>1</VmsPerHost>
                <VmNetmask>255.255.255.0</VmNetmask>
                <Hypervisor>container</Hypervisor>
                <HostNetwork>10.77.0.0/24</HostNetwork>
                <FirstHostAddress>10.77.0.2</FirstHostAddress>
                <HostIdentity>{identity}</HostIdentity>
                <HostCommandLine>{CommandLine}</HostCommandLine>
              </PropertyGroup>
              <ItemGroup>
                <PhysicalHosts Include="h[7-8]" />
                <HostOverlay Include="host" />
                {items}
              </ItemGroup>
            </Project>
            """);
        File.SetUnixFileMode(experiment.Write("host/etc/megatux/run.d/10-look", "#!/bin/sh\necho \"I am $(hostname)\"\nip -4 addr\n"), (UnixFileMode)0b111_101_101);
        experiment.BuildWell();
        return experiment;
    }
}
