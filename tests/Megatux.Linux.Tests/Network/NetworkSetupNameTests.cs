namespace Megatux.Linux.Tests;

public sealed class NetworkSetupNameTests : IDisposable
{
    private readonly TestNetwork _network = new();

    public void Dispose() => _network.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a:b")]
    [InlineData("a b")]
    [InlineData("v%d")]
    [InlineData("v\0")]
    [InlineData("sixteen-letters-")]
    [InlineData("üüüüüüüü")]
    public void A_name_that_no_device_has_is_refused_before_anything_is_queued(string name) => _network.Commit(setup =>
    {
        Assert.Throws<ArgumentException>(() => setup.AddBridge(name, []));
        Assert.Throws<ArgumentException>(() => setup.AddVeth(name, [], "p0", []));
        Assert.Throws<ArgumentException>(() => setup.AddVeth("v0", [], name, []));
        Assert.Throws<ArgumentException>(() => setup.SetMaster("v0", name));
        Assert.Throws<ArgumentException>(() => setup.SetUp(name));
        Assert.Throws<ArgumentException>(() => setup.MoveToNamespace("v0", 0, name));
        Assert.Throws<ArgumentException>(() => setup.Delete(name));
        Assert.Throws<ArgumentException>(() => TapDevice.Open(name));
    });

    [Fact]
    public void A_name_may_have_fifteen_bytes_of_any_language()
    {
        _network.Commit(setup => setup.AddBridge("brücke-fünfze", []));
        Assert.Equal(["brücke-fünfze"],
            _network.Ask(setup => setup.Links()).Where(link => link.Kind == "bridge").Select(link => link.Name));
        _network.Commit(setup => setup.Delete("brücke-fünfze"));
        Assert.Empty(_network.Names());
    }

    [Fact]
    public void A_hardware_address_of_another_length_is_refused() => _network.Commit(setup =>
    {
        Assert.Throws<ArgumentException>(() => setup.AddBridge("br0", [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => setup.SetMac("br0", []));
        Assert.Throws<ArgumentException>(() => setup.AddVeth("v0", [], "p0", new byte[7]));
    });
}
