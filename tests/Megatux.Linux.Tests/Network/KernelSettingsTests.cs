namespace Megatux.Linux.Tests;

public sealed class KernelSettingsTests : IDisposable
{
    private readonly TestNetwork _network = new();

    public void Dispose() => _network.Dispose();

    [Fact]
    public void A_setting_is_written_in_the_namespace_of_the_thread()
    {
        string outside = Read("net/ipv4/ip_forward");
        string other = outside.StartsWith('1') ? "0" : "1";
        _network.Namespace.Run(() =>
        {
            KernelSettings.Write("net/ipv4/ip_forward", other);
            Assert.Equal(other + "\n", Read("net/ipv4/ip_forward"));
        });
        Assert.Equal(outside, Read("net/ipv4/ip_forward"));
    }

    [Fact]
    public void A_device_with_a_dot_in_its_name_has_settings() => _network.Namespace.Run(() =>
    {
        using var setup = NetworkSetup.Open();
        setup.AddBridge("br.7", []);
        setup.Commit();
        KernelSettings.Write("net/ipv4/conf/br.7/proxy_arp", "1");
        Assert.Equal("1\n", Read("net/ipv4/conf/br.7/proxy_arp"));
    });

    [Fact]
    public void What_is_no_setting_or_no_value_is_refused() => _network.Namespace.Run(() =>
    {
        Assert.Throws<FileNotFoundException>(() => KernelSettings.Write("net/ipv4/no_such_setting", "1"));
        Assert.Throws<DirectoryNotFoundException>(() => KernelSettings.Write("net/ipv4/conf/ghost/proxy_arp", "1"));
        Assert.ThrowsAny<IOException>(() => KernelSettings.Write("net/ipv4/ip_forward", "maybe"));
    });

    [Theory]
    [InlineData("")]
    [InlineData("/proc/sys/net/ipv4/ip_forward")]
    [InlineData("../self/comm")]
    [InlineData("net/../../self/comm")]
    [InlineData("net//ipv4")]
    public void A_path_that_leads_elsewhere_is_refused(string path) =>
        Assert.Throws<ArgumentException>(() => KernelSettings.Write(path, "1"));

    private static string Read(string path) => File.ReadAllText("/proc/sys/" + path);
}
