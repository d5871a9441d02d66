namespace Megatux.Imaging.Tests;

/// <summary>The variables that the SDK's templates are given, for experiments of several sizes.</summary>
internal static class SdkVariables
{
    /// <summary>Two hosts on a laptop.</summary>
    public static TemplateVariables Laptop(string identity = "address", string gateway = "", string url = "http://10.77.0.1/laptop") =>
        Of("laptop", "host[1-2]", 2, "10.77.0", "10.77.0.0/24", "255.255.255.0", 24, identity, gateway, url,
            [Range("host", 1, 2, "10.77.0.2", "10.77.0.3")]);

    /// <summary>The same, of which the first boots a member that the others do not.</summary>
    public static TemplateVariables LaptopWithClass() =>
        Of("laptop", "host[1-4]", 4, "10.77.0", "10.77.0.0/24", "255.255.255.0", 24, "address", "", "", [Range("host", 1, 4, "10.77.0.2", "10.77.0.5")],
            [Lease("10.77.0.2", "10.77.0.2", "255.255.255.0", "class1"), Lease("10.77.0.3", "10.77.0.5", "255.255.255.0", "")],
            [new TemplateVariables().Set("name", "class1").Set("nodes", "host1").Set("members",
                [new TemplateVariables().Set("class", "class1").Set("option", 224).Set("file", "members/host-overlay-first.cpio.gz")])]);

    /// <summary>985 hosts in nine irregular ranges.</summary>
    public static TemplateVariables Hyperion()
    {
        (int First, int Last)[] ranges =
            [(2, 37), (74, 145), (148, 283), (286, 429), (432, 575), (578, 721), (724, 867), (870, 1013), (1016, 1036)];
        return Of("hyperion", $"ehyperion[{string.Join(',', ranges.Select(range => $"{range.First}-{range.Last}"))}]", 985,
            "192.168.0", "192.168.0.0/22", "255.255.252.0", 22, "address", "192.168.3.254", "http://192.168.3.253/hyperion",
            [.. ranges.Select(range => Range("ehyperion", range.First, range.Last, "192.168.100.100", "192.168.101.101"))]);
    }

    private static TemplateVariables Of(string name, string set, int count, string start, string network, string netmask, int prefix,
        string identity, string gateway, string url, TemplateVariables[] ranges,
        TemplateVariables[]? leases = null, TemplateVariables[]? classes = null) => new TemplateVariables()
        .Set("experiment.name", name)
        .Set("experiment.version", "1")
        .Set("hypervisor", "uml")
        .Set("hosts.set", set)
        .Set("hosts.count", count)
        .Set("hosts.network", network)
        .Set("hosts.address", $"{start}.0")
        .Set("hosts.netmask", netmask)
        .Set("hosts.prefix", prefix)
        .Set("hosts.first", $"{start}.2")
        .Set("hosts.last", $"{start}.{(count < 250 ? 1 + count : 250)}")
        .Set("hosts.gateway", gateway)
        .Set("hosts.interface", "eth0")
        .Set("hosts.identity", identity)
        .Set("hosts.ranges", ranges)
        .Set("hosts.leases", leases ?? [Lease($"{start}.2", $"{start}.250", netmask, "")])
        .Set("hosts.classes", classes ?? [])
        .Set("hosts.equation", "")
        .Set("guests.perHost", 1024)
        .Set("guests.count", 1024 * count)
        .Set("guests.network", "1.0.0.0")
        .Set("guests.prefix", 16)
        .Set("guests.memory", 30)
        .Set("mac.prefix", "02:4d")
        .Set("xproc.enabled", true)
        .Set("xproc.interface", "eth0")
        .Set("xproc.port", 2223)
        .Set("netboot.url", url)
        .Set("netboot.kernel", "vmlinuz-host")
        .Set("netboot.initrd", "initramfs-host.img")
        .Set("netboot.commandLine", "console=ttyS0 megatux.mac=${net0/mac} rdinit=/init")
        .Set("netboot.members", Array.Empty<TemplateVariables>());

    private static TemplateVariables Lease(string first, string last, string netmask, string name) =>
        new TemplateVariables().Set("first", first).Set("last", last).Set("netmask", netmask).Set("class", name);

    private static TemplateVariables Range(string prefix, int first, int last, string firstAddress, string lastAddress) =>
        new TemplateVariables().Set("nodes", $"{prefix}[{first}-{last}]")
            .Set("firstAddress", firstAddress).Set("lastAddress", lastAddress).Set("count", last - first + 1);
}
