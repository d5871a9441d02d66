using Megatux.Model;

namespace Megatux.Model.Tests;

public sealed class NearestNameTests
{
    private static readonly string[] Known = ["PhysicalHosts", "VmsPerHost", "VmNetmask", "VmMemory", "GuestOverlay", "HostOverlay"];

    [Theory]
    [InlineData("PhysicalHost", "PhysicalHosts")]
    [InlineData("physicalhosts", "PhysicalHosts")]
    [InlineData("VmsPreHost", "VmsPerHost")]
    [InlineData("VmNetmaks", "VmNetmask")]
    [InlineData("VnMemory", "VmMemory")]
    [InlineData("GestOverlay", "GuestOverlay")]
    public void A_slip_is_led_back_to_the_name_that_was_meant(string wrong, string meant) =>
        Assert.Equal(meant, NearestName.Of(wrong, Known));

    [Theory]
    [InlineData("Colour")]
    [InlineData("")]
    [InlineData("V")]
    [InlineData("PhysicalHostsAndAllTheirNetworks")]
    public void A_name_like_no_other_has_no_nearest(string wrong) => Assert.Null(NearestName.Of(wrong, Known));

    [Fact]
    public void Of_equally_near_names_the_first_wins()
    {
        Assert.Equal("abcd", NearestName.Of("abcx", ["abcd", "abce"]));
        Assert.Equal("abce", NearestName.Of("abcx", ["abce", "abcd"]));
    }

    [Fact]
    public void A_nearer_name_wins_over_an_earlier_one() =>
        Assert.Equal("HostOverlay", NearestName.Of("HostOverlai", ["GostOverlays", "HostOverlay"]));

    [Fact]
    public void A_swap_of_neighbours_is_one_slip() => Assert.Equal("ab", NearestName.Of("ba", ["ab"]));

    [Fact]
    public void A_wrong_name_of_a_megabyte_costs_nothing() => Assert.Null(NearestName.Of(new string('x', 1 << 20), Known));
}
