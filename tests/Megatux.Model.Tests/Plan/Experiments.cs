namespace Megatux.Model.Tests;

/// <summary>Experiments that many tests know.</summary>
internal static class Experiments
{
    public const string HyperionHosts =
        "ehyperion[2-37,74-145,148-283,286-429,432-575,578-721,724-867,870-1013,1016-1036]";

    public static ExperimentDescription Laptop { get; } = new()
    {
        Name = "laptop",
        PhysicalHosts = "laptop[0-1]",
        VmsPerHost = "50",
        VmNetworkStart = "10.0.0.0",
        VmNetmask = "255.255.255.0",
        VmMemory = "30",
        HostNetwork = "172.31.0.0/24",
    };

    public static ExperimentDescription Hyperion { get; } = new()
    {
        Name = "hyperion",
        PhysicalHosts = HyperionHosts,
        VmsPerHost = "1024",
        VmNetworkStart = "1.0.0.0",
        VmNetmask = "255.255.0.0",
        VmMemory = "30M",
    };

    public static ExperimentDescription Thunderbird { get; } = new()
    {
        Name = "thunderbird",
        PhysicalHosts = "tbird[1-4600]",
        VmsPerHost = "250",
        VmNetworkStart = "10.0.0.0",
        VmNetmask = "24",
        VmMemory = "64",
    };

    public static IPv4Network Network(string text)
    {
        Assert.True(IPv4Network.TryParse(text, out IPv4Network network), text);
        return network;
    }

    public static MacAddress Mac(string text)
    {
        Assert.True(MacAddress.TryParse(text, out MacAddress mac), text);
        return mac;
    }
}
