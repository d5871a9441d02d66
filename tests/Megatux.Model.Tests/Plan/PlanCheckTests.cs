using Megatux.Equations;

using static Megatux.Model.Tests.Experiments;
using static Megatux.Model.Resolving;

namespace Megatux.Model.Tests;

/// <summary>Every mistake has one message with the property at fault, the value found and what to do.</summary>
public sealed class PlanCheckTests
{
    public static TheoryData<string, ExperimentDescription, string, string, string[]> Mistakes => new()
    {
        { "no name", Laptop with { Name = " " }, ErrorCodes.PlanValueMissing, "ExperimentName", ["not set", "laptop"] },
        { "no hosts", Laptop with { PhysicalHosts = null }, ErrorCodes.PlanValueMissing, "PhysicalHosts", ["not set", "laptop[0-1]"] },
        { "hosts that cancel out", Laptop with { PhysicalHosts = "a!a" }, ErrorCodes.PlanValueOutOfRange, "PhysicalHosts", ["0 hosts", "1 to"] },
        { "no guests said", Laptop with { VmsPerHost = "" }, ErrorCodes.PlanValueMissing, "VmsPerHost", ["not set"] },
        { "guests in words", Laptop with { VmsPerHost = "fifty" }, ErrorCodes.PlanValueMalformed, "VmsPerHost", ["'fifty'", "such as 50"] },
        { "negative guests", Laptop with { VmsPerHost = "-1" }, ErrorCodes.PlanValueOutOfRange, "VmsPerHost", ["-1", "0 to"] },
        { "too long a name", Laptop with { Name = new string('x', 64) }, ErrorCodes.NameInvalid, "ExperimentName", ["63"] },
        { "a name that is a path", Laptop with { Name = "../x" }, ErrorCodes.NameInvalid, "ExperimentName", ["'../x'"] },
        { "an address of three", Laptop with { VmNetworkStart = "10.0.0" }, ErrorCodes.PlanValueMalformed, "VmNetworkStart", ["'10.0.0'", "10.0.0.0"] },
        { "an unaligned start", Laptop with { VmNetworkStart = "10.0.0.128" }, ErrorCodes.NetworkUnaligned, "VmNetworkStart", ["10.0.0.128", "write 10.0.0.0 or 10.0.1.0"] },
        { "a mask with holes", Laptop with { VmNetmask = "255.0.255.0" }, ErrorCodes.NetmaskHasHoles, "VmNetmask", ["255.0.255.0", "255.0.0.0 (/8)"] },
        { "a mask of 33", Laptop with { VmNetmask = "33" }, ErrorCodes.PlanValueMalformed, "VmNetmask", ["'33'", "/16"] },
        { "a mask too small", Laptop with { VmNetmask = "27" }, ErrorCodes.GuestNetworkTooSmall, "VmNetmask", ["/27", "32 addresses", "50 guests", "need 53", "/26 (255.255.255.192)"] },
        { "a mask without room for anything", Laptop with { VmsPerHost = "0", VmNetmask = "31" }, ErrorCodes.GuestNetworkTooSmall, "VmNetmask", ["/30"] },
        { "past the last address", Laptop with { PhysicalHosts = "n[1-300]", HostNetwork = "172.31.0.0/16", VmNetworkStart = "255.255.0.0" }, ErrorCodes.GuestSpaceOverflow, "VmNetworkStart", ["300", "256 fit", "128.0.0.0 to 223.255.255.255"] },
        { "into loopback", Hyperion with { VmNetworkStart = "126.0.0.0" }, ErrorCodes.ReservedAddresses, "VmNetworkStart", ["126.0.0.0 to 129.216.255.255", "127.0.0.0/8 (loopback)", "/21"] },
        { "into multicast", Hyperion with { VmNetworkStart = "223.0.0.0" }, ErrorCodes.ReservedAddresses, "VmNetworkStart", ["224.0.0.0/3", "/21"] },
        { "from zero", Laptop with { VmNetworkStart = "0.0.0.0" }, ErrorCodes.ReservedAddresses, "VmNetworkStart", ["0.0.0.0/8", "1.0.0.0 to"] },
        { "networks that overlap", Laptop with { VmNetworkStart = "172.30.255.0" }, ErrorCodes.NetworksOverlap, "VmNetworkStart", ["172.30.255.0 to 172.31.0.255", "172.31.0.0/24"] },
        { "hosts' network inside the guests'", Laptop with { HostNetwork = "10.0.1.64/26" }, ErrorCodes.NetworksOverlap, "VmNetworkStart", ["10.0.0.0 to 10.0.1.255", "10.0.1.64/26"] },
        { "hosts' network without a length", Laptop with { HostNetwork = "172.31.0.0" }, ErrorCodes.PlanValueMalformed, "HostNetwork", ["'172.31.0.0'", "172.31.0.0/16"] },
        { "hosts' network unaligned", Laptop with { HostNetwork = "172.31.0.9/24" }, ErrorCodes.NetworkUnaligned, "HostNetwork", ["172.31.0.9/24", "write 172.31.0.0/24"] },
        { "hosts' network reserved", Laptop with { HostNetwork = "224.1.0.0/16" }, ErrorCodes.ReservedAddresses, "HostNetwork", ["224.0.0.0/3", "172.31.0.0/16"] },
        { "hosts' network too small", Hyperion with { HostNetwork = "172.31.0.0/24" }, ErrorCodes.HostNetworkTooSmall, "HostNetwork", ["256 addresses", "985 hosts need 987", "/22"] },
        { "no room for a gateway", Laptop with { HostNetwork = "172.31.0.0/30", HostGateway = "172.31.0.1" }, ErrorCodes.HostNetworkTooSmall, "HostNetwork", ["need 5", "/29"] },
        { "first host outside", Laptop with { FirstHostAddress = "172.31.1.1" }, ErrorCodes.HostNetworkTooSmall, "FirstHostAddress", ["172.31.1.1", "172.31.0.1 to 172.31.0.253"] },
        { "first host too late", Laptop with { FirstHostAddress = "172.31.0.254" }, ErrorCodes.HostNetworkTooSmall, "FirstHostAddress", ["172.31.0.1 to 172.31.0.253"] },
        { "first host the network itself", Laptop with { FirstHostAddress = "172.31.0.0" }, ErrorCodes.HostNetworkTooSmall, "FirstHostAddress", ["172.31.0.1 to"] },
        { "a gateway elsewhere", Laptop with { HostGateway = "10.9.9.9" }, ErrorCodes.GatewayMisplaced, "HostGateway", ["10.9.9.9", "172.31.0.1 to 172.31.0.254"] },
        { "a gateway for broadcasts", Laptop with { HostGateway = "172.31.0.255" }, ErrorCodes.GatewayMisplaced, "HostGateway", ["172.31.0.255"] },
        { "a gateway that is a host", Laptop with { HostGateway = "172.31.0.8", FirstHostAddress = "172.31.0.7" }, ErrorCodes.GatewayMisplaced, "HostGateway", ["laptop1", "FirstHostAddress"] },
        { "identity by guess", Laptop with { HostIdentity = "serial" }, ErrorCodes.PlanValueMalformed, "HostIdentity", ["'serial'", "address or hostname"] },
        { "identity by number", Laptop with { HostIdentity = "1" }, ErrorCodes.PlanValueMalformed, "HostIdentity", ["'1'"] },
        { "an interface too long", Laptop with { HostInterface = "enp0s31f6enp0s31" }, ErrorCodes.InterfaceNameUnusable, "HostInterface", ["15"] },
        { "an interface with a space", Laptop with { HostInterface = "eth 0" }, ErrorCodes.InterfaceNameUnusable, "HostInterface", ["'eth 0'"] },
        { "the bridge as the way out", Laptop with { HostInterface = "mtx0" }, ErrorCodes.InterfaceNameUnusable, "HostInterface", ["mtx0"] },
        { "a guest's cable as the way out", Laptop with { HostInterface = "vm7" }, ErrorCodes.InterfaceNameUnusable, "HostInterface", ["vm7"] },
        { "a MAC prefix in words", Laptop with { MacPrefix = "local" }, ErrorCodes.PlanValueMalformed, "MacPrefix", ["'local'", "02:4d"] },
        { "a MAC prefix that is everything", Laptop with { MacPrefix = "02:00:00:00:00:00" }, ErrorCodes.PlanValueMalformed, "MacPrefix", ["one to five"] },
        { "a multicast prefix", Laptop with { MacPrefix = "03:4d" }, ErrorCodes.MacPrefixUnusable, "MacPrefix", ["03:4d", "groups", "02:4d"] },
        { "a maker's prefix", Laptop with { MacPrefix = "00:16:3e" }, ErrorCodes.MacPrefixUnusable, "MacPrefix", ["00:16:3e", "maker", "02:4d"] },
        { "an unknown hypervisor", Laptop with { Hypervisor = "lguest" }, ErrorCodes.PlanValueMalformed, "Hypervisor", ["'lguest'", "uml, qemu or container"] },
        { "memory in words", Laptop with { VmMemory = "lots" }, ErrorCodes.PlanValueMalformed, "VmMemory", ["'lots'", "30M"] },
        { "no memory", Laptop with { VmMemory = "0" }, ErrorCodes.PlanValueOutOfRange, "VmMemory", ["0 MiB", "1 to"] },
        { "memory beyond all", Laptop with { VmMemory = "3000000G" }, ErrorCodes.PlanValueMalformed, "VmMemory", ["'3000000G'"] },
        { "a host without memory", Laptop with { HostMemory = "-5" }, ErrorCodes.PlanValueOutOfRange, "HostMemory", ["-5"] },
        { "less than no overcommit", Laptop with { MemoryOvercommit = "0.9" }, ErrorCodes.PlanValueOutOfRange, "MemoryOvercommit", ["0.9", "1 to 1000"] },
        { "a comma for a point", Laptop with { MemoryOvercommit = "1,5" }, ErrorCodes.PlanValueMalformed, "MemoryOvercommit", ["'1,5'", "1.5"] },
        { "churn by the month", Laptop with { Churn = "0.5/month" }, ErrorCodes.PlanValueMalformed, "Churn", ["'0.5/month'", "0.5/hour"] },
        { "churn by two units", Laptop with { Churn = "0.5/hour/day" }, ErrorCodes.PlanValueMalformed, "Churn", ["0.11"] },
        { "churn below none", Laptop with { Churn = "-0.1" }, ErrorCodes.PlanValueOutOfRange, "Churn", ["-0.1", "0 to 604800"] },
        { "churn beyond once a second", Laptop with { Churn = "2/second" }, ErrorCodes.PlanValueOutOfRange, "Churn", ["1209600"] },
        { "a churn that no number holds", Laptop with { Churn = "9999999999999999999999999999/second" }, ErrorCodes.PlanValueOutOfRange, "Churn", ["604800"] },
        { "a seed below 0", Laptop with { ChurnSeed = "-1" }, ErrorCodes.PlanValueOutOfRange, "ChurnSeed", ["-1"] },
        { "a seed in words", Laptop with { ChurnSeed = "dice" }, ErrorCodes.PlanValueMalformed, "ChurnSeed", ["'dice'"] },
        { "memory that does not fit", Hyperion with { HostMemory = "16G", MemoryOvercommit = "1.25" }, ErrorCodes.MemoryDoesNotFit, "HostMemory",
            ["1024 guests x 30 MiB = 30720 MiB", "16384 MiB x 1.25 = 20480 MiB", "VmsPerHost 682", "HostMemory 24576", "MemoryOvercommit 1.9"] },
        { "a name that DNS refuses", Laptop with { PhysicalHosts = "lap_top[0-1]" }, ErrorCodes.NameInvalid, "PhysicalHosts", ["lap_top[0-1]", "'_'"] },
        { "a label that ends in a dash", Laptop with { PhysicalHosts = "n[0-1]-.x" }, ErrorCodes.NameInvalid, "PhysicalHosts", ["'-'"] },
        { "an empty label", Laptop with { PhysicalHosts = "n[0-1]..x" }, ErrorCodes.NameInvalid, "PhysicalHosts", ["labels"] },
        { "a host's name too long", Laptop with { PhysicalHosts = $"{new string('n', 62)}.x[9-10]" }, ErrorCodes.NameInvalid, "PhysicalHosts", ["66 characters", "64"] },
        { "a guest's name too long", Laptop with { PhysicalHosts = $"{new string('n', 57)}.x[0-1]" }, ErrorCodes.NameInvalid, "PhysicalHosts", ["65 characters", "vm49.HOST", "at most 59"] },
        { "localhost", Laptop with { PhysicalHosts = "localhost,a" }, ErrorCodes.NameInvalid, "PhysicalHosts", ["localhost"] },
        { "a host named like a guest", Laptop with { PhysicalHosts = "laptop[0-1],vm[3-4].laptop0,vm50.laptop0" }, ErrorCodes.NameCollision, "PhysicalHosts", ["vm[3-4].laptop0,"] },
        { "a host named like a lone host's guest", Laptop with { PhysicalHosts = "front,vm0.front" }, ErrorCodes.NameCollision, "PhysicalHosts", ["vm0.front,"] },
        { "hosts named like addresses", Laptop with { PhysicalHosts = "10.0.0.[1-2]" }, ErrorCodes.NameInvalid, "PhysicalHosts", ["10.0.0.[1-2]", "letter"] },
        { "capital letters", Laptop with { PhysicalHosts = "n[1-5],N[4-9]" }, ErrorCodes.NameCollision, "PhysicalHosts", ["11 names", "2 differ"] },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_has_one_message(string mistake, ExperimentDescription description, string code, string subject, string[] words)
    {
        Problem problem = description.OnlyProblem();
        Assert.True(code == problem.Code, $"{mistake}: {problem}");
        Assert.Equal(subject, problem.Subject);
        Assert.All(words, word => Assert.Contains(word, problem.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_malformed_node_set_keeps_its_own_code_and_names_the_property()
    {
        Problem problem = (Laptop with { PhysicalHosts = "laptop[4-1]" }).OnlyProblem();
        Assert.StartsWith("MTX11", problem.Code, StringComparison.Ordinal);
        Assert.Equal("PhysicalHosts", problem.Subject);
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        (Experiment? experiment, IReadOnlyList<Problem> problems) = (Laptop with
        {
            VmNetmask = "255.0.255.0",
            Hypervisor = "xen",
            HostGateway = "9.9.9.9",
            VmMemory = "1024",
            HostMemory = "2G",
            MacPrefix = "01",
            VmNetworkStart = "10.0.0.77",
        }).Resolve(EquationCompiler.Instance);
        Assert.Null(experiment);
        // The start is not told to be unaligned: to what, nobody knows before the mask is right.
        Assert.Equal(["Hypervisor", "HostGateway", "HostMemory", "MacPrefix", "VmNetmask"],
            problems.Select(problem => problem.Subject).OrderBy(subject => subject![..2] switch { "Hy" => 0, "Ho" => 1, "Ma" => 2, _ => 3 }));
    }

    [Fact]
    public void Everything_missing_is_told_without_an_exception() => Assert.Equal(
        ["ExperimentName", "PhysicalHosts", "VmsPerHost"],
        new ExperimentDescription().Resolve(EquationCompiler.Instance).Problems.Select(problem => problem.Subject).Order());

    [Fact]
    public void Sets_beyond_all_counting_are_a_problem_and_no_accident()
    {
        Assert.Equal("PhysicalHosts", (Laptop with { PhysicalHosts = "a[1-4000000000]b[1-4000000000]c[1-4000000000]" }).OnlyProblem().Subject);
        Assert.Equal("PhysicalHosts", (Laptop with { PhysicalHosts = "a[1-5000000000]" }).OnlyProblem().Subject);
        Assert.All((Laptop with { PhysicalHosts = string.Concat(Enumerable.Repeat("1a", 32)) }).Resolve(EquationCompiler.Instance).Problems,
            problem => Assert.Equal("PhysicalHosts", problem.Subject));
    }

    [Theory]
    [InlineData("vm[0-49].laptop[0-1]", ImageKind.Guest)]
    [InlineData("vm7.laptop1", ImageKind.Guest)]
    [InlineData("laptop1", ImageKind.Host)]
    public void Nodes_that_boot_the_image_pass(string nodes, ImageKind image) =>
        Assert.Null(Laptop.Resolved().CheckNodes(NodeSet.Parse(nodes), image, "GuestOverlay:x"));

    [Theory]
    [InlineData("vm[48-51].laptop[0-1]", ImageKind.Guest, "vm[50-51].laptop[0-1]: no such guests.", "vm[0-49].laptop[0-1]")]
    [InlineData("vm1.laptop0,laptop1", ImageKind.Guest, "laptop1: no such guests; hosts do not boot the guest image.", "vm[0-49].laptop[0-1]")]
    [InlineData("laptop[1-3]", ImageKind.Host, "laptop[2-3]: no such hosts.", "laptop[0-1]")]
    [InlineData("vm0.laptop0", ImageKind.Host, "vm0.laptop0: no such hosts; guests do not boot the host image.", "laptop[0-1]")]
    public void Nodes_that_do_not_are_named_folded(string nodes, ImageKind image, string message, string known)
    {
        Problem problem = Laptop.Resolved().CheckNodes(NodeSet.Parse(nodes), image, "GuestOverlay:x")!;
        Assert.Equal(ErrorCodes.NodesOutsideExperiment, problem.Code);
        Assert.Equal("GuestOverlay:x", problem.Subject);
        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
        Assert.Contains(known, problem.Message, StringComparison.Ordinal);
    }
}
