namespace Megatux.Model.Tests;

public sealed class AddressTextTests
{
    [Theory]
    [InlineData("0.0.0.0", 0u)]
    [InlineData("1.0.0.2", 0x01000002u)]
    [InlineData("172.31.9.10", 0xac1f090au)]
    [InlineData("255.255.255.255", uint.MaxValue)]
    public void An_address_is_read_and_written_the_same(string text, uint value)
    {
        Assert.True(IPv4Address.TryParse(text, out IPv4Address address));
        Assert.Equal(value, address.Value);
        Assert.Equal(text, address.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.2")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.")]
    [InlineData(".1.2.3")]
    [InlineData("1..2.3")]
    [InlineData("010.0.0.1")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.3.0004")]
    [InlineData("1.2.3.+4")]
    [InlineData(" 1.2.3.4")]
    [InlineData("1.2.3.4 ")]
    [InlineData("0x1.2.3.4")]
    [InlineData("16777218")]
    [InlineData("1.2.3.٤")]
    public void Text_that_others_might_read_differently_is_no_address(string text) =>
        Assert.False(IPv4Address.TryParse(text, out _));

    [Theory]
    [InlineData("10.0.0.0/8", "10.0.0.0", "10.255.255.255", "255.0.0.0", 1L << 24)]
    [InlineData("0.0.0.0/0", "0.0.0.0", "255.255.255.255", "0.0.0.0", 1L << 32)]
    [InlineData("192.168.7.9/32", "192.168.7.9", "192.168.7.9", "255.255.255.255", 1L)]
    [InlineData("172.31.4.0/22", "172.31.4.0", "172.31.7.255", "255.255.252.0", 1024L)]
    public void A_network_knows_its_ends(string text, string first, string last, string mask, long size)
    {
        IPv4Network network = Experiments.Network(text);
        Assert.Equal(first, network.First.ToString());
        Assert.Equal(last, network.Last.ToString());
        Assert.Equal(mask, network.Mask.ToString());
        Assert.Equal(size, network.Size);
        Assert.True(network.IsAligned);
        Assert.Equal(text, network.ToString());
        Assert.True(network.Contains(network.First) && network.Contains(network.Last));
        Assert.Equal(size == 1L << 32, network.Contains(network.Last.Plus(1)));
    }

    [Theory]
    [InlineData("10.0.0.0")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/08")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0/8")]
    [InlineData("10.0.0.0/255.0.0.0")]
    public void Other_text_is_no_network(string text) => Assert.False(IPv4Network.TryParse(text, out _));

    [Theory]
    [InlineData(1, 32)]
    [InlineData(2, 31)]
    [InlineData(3, 30)]
    [InlineData(53, 26)]
    [InlineData(64, 26)]
    [InlineData(65, 25)]
    [InlineData(1027, 21)]
    [InlineData(1L << 32, 0)]
    public void The_smallest_network_for_so_many_addresses_is_known(long addresses, int prefix) =>
        Assert.Equal(prefix, IPv4Network.SmallestFor(addresses));

    [Fact]
    public void Ethernet_addresses_are_read_with_either_separator_and_written_with_colons()
    {
        Assert.Equal("02:4d:01:00:00:0f", Experiments.Mac("02-4D-01-00-00-0F").ToString());
        Assert.Equal([0x02, 0x4D, 1, 0, 0, 0x0F], Experiments.Mac("02-4D-01-00-00-0F").ToOctets());
        Assert.Equal(0x024d0100000ful, Experiments.Mac("02:4d:01:00:00:0f").Value);
    }

    [Theory]
    [InlineData("02:4d:01:00:00:0f")]
    [InlineData("ff:fe:fd:fc:fb:fa")]
    [InlineData("00:00:00:00:00:00")]
    public void Ethernet_addresses_come_back_from_their_octets(string text) =>
        Assert.Equal(text, MacAddress.FromOctets(Experiments.Mac(text).ToOctets()).ToString());

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(7)]
    public void Fewer_or_more_octets_than_six_are_no_Ethernet_address(int count) =>
        Assert.Throws<ArgumentException>(() => MacAddress.FromOctets(new byte[count]));

    [Theory]
    [InlineData("")]
    [InlineData("02:4d:01:00:00")]
    [InlineData("02:4d:01:00:00:0f:00")]
    [InlineData("02:4d-01:00:00:0f")]
    [InlineData("2:4d:01:00:00:0ff")]
    [InlineData("02:4d:01:00:00: f")]
    [InlineData("02:4d:01:00:00:0g")]
    [InlineData("024d0100000f")]
    public void Other_text_is_no_Ethernet_address(string text) => Assert.False(MacAddress.TryParse(text, out _));

    [Theory]
    [InlineData("02", "02:00:01:02:03:04")]
    [InlineData("02:4d", "02:4d:01:02:03:04")]
    [InlineData("02:4d:aa", "02:4d:aa:02:03:04")]
    [InlineData("02:4d:aa:bb:cc", "02:4d:aa:bb:cc:04")]
    public void A_prefix_is_followed_by_the_low_bits_of_an_address(string prefix, string mac)
    {
        Assert.True(MacPrefix.TryParse(prefix, out MacPrefix parsed));
        Assert.Equal(prefix, parsed.ToString());
        Assert.Equal(mac, parsed.Of(Resolving.Address("1.2.3.4")).ToString());
        Assert.True(parsed.TryGetRest(Experiments.Mac(mac), out ulong rest));
        Assert.Equal(0x01020304ul & ((1ul << parsed.FreeBits) - 1), rest);
        Assert.False(parsed.TryGetRest(Experiments.Mac("06:00:00:00:00:00"), out _));
    }
}
