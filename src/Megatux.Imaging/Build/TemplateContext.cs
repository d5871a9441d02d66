using System.Globalization;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>What templates may name: the experiment as its manifest has it, and the project's own TemplateVariable items.</summary>
internal static class TemplateContext
{
    // RFC 2132, 2.: options 224 to 254 are a site's own (RFC 3942).
    private const int FirstMemberOption = 224, LastMemberOption = 254;

    /// <summary>Gathers them.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="xproc">How processes are started.</param>
    /// <param name="netboot">How hosts boot.</param>
    /// <param name="own">The project's own.</param>
    /// <param name="classes">Hosts that boot more than all do; none while that is not known.</param>
    internal static TemplateVariables Of(Experiment experiment, XprocSettings xproc, NetbootSettings netboot, IEnumerable<BuildItem> own, IReadOnlyList<HostClass> classes)
    {
        IPv4Network hosts = experiment.HostNetwork;
        var variables = new TemplateVariables()
            .Set("experiment.name", experiment.Name)
            .Set("experiment.version", typeof(TemplateContext).Assembly.GetName().Version!.ToString(3))
            .Set("hypervisor", experiment.Hypervisor.ToString().ToLowerInvariant())
            .Set("hosts.set", experiment.Hosts.ToString())
            .Set("hosts.count", experiment.HostCount)
            .Set("hosts.network", hosts.ToString())
            .Set("hosts.address", hosts.Address.ToString())
            .Set("hosts.netmask", hosts.Mask.ToString())
            .Set("hosts.prefix", hosts.PrefixLength)
            .Set("hosts.first", experiment.HostAddress(0).ToString())
            .Set("hosts.last", experiment.HostAddress(experiment.HostCount - 1).ToString())
            .Set("hosts.gateway", experiment.HostGateway?.ToString() ?? "")
            .Set("hosts.interface", experiment.HostInterface)
            .Set("hosts.identity", experiment.HostIdentity.ToString().ToLowerInvariant())
            .Set("hosts.ranges", RangesOf(experiment))
            .Set("hosts.leases", LeasesOf(experiment, classes))
            .Set("hosts.classes", ClassesOf(classes))
            .Set("hosts.equation", experiment.Equations.Find(NodeEquationNames.HostAddress)?.Expression.ReplaceLineEndings(" ") ?? "")
            .Set("guests.perHost", experiment.VmsPerHost)
            .Set("guests.count", experiment.GuestCount)
            .Set("guests.network", experiment.GuestNetworkBase.ToString())
            .Set("guests.prefix", experiment.GuestPrefixLength)
            .Set("guests.memory", experiment.VmMemoryMiB)
            .Set("mac.prefix", experiment.MacPrefix.ToString())
            .Set("xproc.enabled", xproc.Enabled)
            .Set("xproc.interface", xproc.ListenInterface)
            .Set("xproc.port", xproc.Port)
            .Set("netboot.url", netboot.Url)
            .Set("netboot.kernel", netboot.Kernel)
            .Set("netboot.initrd", netboot.Initrd)
            .Set("netboot.commandLine", netboot.CommandLine)
            .Set("netboot.members", MembersOf(classes));
        foreach (BuildItem variable in own)
            variables.Set(variable.Include, variable["Value"] ?? "");
        return variables;
    }

    /// <summary>
    /// One group a range of host names of which the addresses count up by one: as many as the project writes, whatever they
    /// span. None where an equation scatters them too much to be listed.
    /// </summary>
    private static IEnumerable<TemplateVariables> RangesOf(Experiment experiment)
    {
        foreach (HostRange range in experiment.AddressedRanges() ?? [])
            yield return new TemplateVariables()
                .Set("nodes", range.Nodes)
                .Set("firstAddress", experiment.HostAddress(range.Rank).ToString())
                .Set("lastAddress", experiment.HostAddress(range.Rank + range.Count - 1).ToString())
                .Set("count", range.Count);
    }

    private static IEnumerable<(IPv4Address First, IPv4Address Last, string Class)> WithoutGateway(IPv4Address first, IPv4Address last, IPv4Address? gateway)
    {
        if (gateway is not { } taken || taken < first || taken > last)
        {
            yield return (first, last, "");
            yield break;
        }

        if (taken > first)
            yield return (first, taken.Plus(-1), "");
        if (taken < last)
            yield return (taken.Plus(1), last, "");
    }

    /// <summary>
    /// What a DHCP server may lease: the hosts' addresses, a group for those that count up by one and boot the same. Where they cannot be
    /// listed, hosts are known by name and may lease any: those of the whole network but for the gateway's.
    /// </summary>
    private static IEnumerable<TemplateVariables> LeasesOf(Experiment experiment, IReadOnlyList<HostClass> classes)
    {
        IPv4Network network = experiment.HostNetwork;
        IEnumerable<(IPv4Address First, IPv4Address Last, string Class)> runs = experiment.AddressRuns(experiment.HostIdentity == HostIdentity.Address ? [.. classes.Select(one => one.Nodes)] : []) is { } known
            ? known.Select(one => (experiment.HostAddress(one.Run.Rank), experiment.HostAddress(one.Run.Rank + one.Run.Count - 1), one.Set < 0 ? "" : classes[one.Set].Name))
            : experiment.HostIdentity == HostIdentity.Hostname ? WithoutGateway(network.First.Plus(1), network.Last.Plus(-1), experiment.HostGateway)
            : throw new MegatuxException(ErrorCodes.HostClassesTooMany,
                $"Hosts that boot members of their own are in more than {Experiment.MostAddressRuns} runs of addresses, and dnsmasq.conf would need a line for each: give Nodes of host items as ranges, or set {ExperimentProperties.HostIdentity} to hostname.");
        foreach ((IPv4Address first, IPv4Address last, string name) in runs)
            yield return new TemplateVariables().Set("first", first.ToString()).Set("last", last.ToString()).Set("netmask", network.Mask.ToString()).Set("class", name);
    }

    private static IEnumerable<TemplateVariables> ClassesOf(IReadOnlyList<HostClass> classes) => classes.Select(one => new TemplateVariables()
        .Set("name", one.Name)
        .Set("nodes", one.Nodes.ToString())
        .Set("members", one.Files.Select((file, at) => new TemplateVariables().Set("class", one.Name).Set("option", FirstMemberOption + at).Set("file", file))));

    /// <summary>One for each member that some host has more than all: the setting by which iPXE knows it, and what it is called.</summary>
    private static IEnumerable<TemplateVariables> MembersOf(IReadOnlyList<HostClass> classes)
    {
        int most = classes.Count == 0 ? 0 : classes.Max(one => one.Files.Count);
        if (most > LastMemberOption - FirstMemberOption)
            throw new MegatuxException(ErrorCodes.HostClassesTooMany, $"A host boots {most} members of its own, and a DHCP server can name {LastMemberOption - FirstMemberOption}: put more into each overlay.");
        for (int at = 0; at < most; at++)
            yield return new TemplateVariables()
                .Set("setting", string.Create(CultureInfo.InvariantCulture, $"${{{FirstMemberOption + at}:string}}"))
                .Set("name", string.Create(CultureInfo.InvariantCulture, $"member{at + 1}.img"));
    }
}

/// <summary>How hosts boot over the network.</summary>
/// <param name="Url">Where the boot server's files lie.</param>
/// <param name="Kernel">The host kernel's file name there.</param>
/// <param name="Initrd">The host image's file name there.</param>
/// <param name="CommandLine">The host kernel's command line.</param>
internal sealed record NetbootSettings(string Url, string Kernel, string Initrd, string CommandLine);
