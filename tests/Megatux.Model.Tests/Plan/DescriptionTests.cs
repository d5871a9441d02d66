using static Megatux.Model.Tests.Experiments;
using static Megatux.Model.Resolving;

namespace Megatux.Model.Tests;

public sealed class DescriptionTests
{
    [Fact]
    public void What_is_left_out_has_a_default()
    {
        Experiment experiment = new ExperimentDescription { Name = "x", PhysicalHosts = "x[0-3]", VmsPerHost = "9" }.Resolved();
        Assert.Equal("10.0.0.0/16", experiment.GuestNetwork(0).ToString());
        Assert.Equal("172.31.0.0/16", experiment.HostNetwork.ToString());
        Assert.Equal("172.31.0.1", experiment.FirstHostAddress.ToString());
        Assert.Equal("02:4d", experiment.MacPrefix.ToString());
        Assert.Equal("eth0", experiment.HostInterface);
        Assert.Equal(HostIdentity.Address, experiment.HostIdentity);
        Assert.Equal(Hypervisor.Uml, experiment.Hypervisor);
        Assert.Equal(64, experiment.VmMemoryMiB);
        Assert.Null(experiment.HostMemoryMiB);
        Assert.Null(experiment.HostGateway);
        Assert.Equal(1, experiment.MemoryOvercommit);
        Assert.Equal(0, experiment.Churn);
        Assert.Equal(0, experiment.ChurnSeed);
    }

    [Theory]
    [InlineData("0.11", "0.11")]
    [InlineData("0.110/week", "0.11")]
    [InlineData("0.5/hour", "84")]
    [InlineData("3 / day", "21")]
    [InlineData("1/minute", "10080")]
    [InlineData("1/second", "604800")]
    public void Churn_is_of_a_week_unless_it_says_otherwise(string churn, string perWeek) =>
        Assert.Equal(perWeek, (Laptop with { Churn = churn }).Resolved().Churn.ToString(System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("16")]
    [InlineData("/16")]
    [InlineData("255.255.0.0")]
    [InlineData("\n  255.255.0.0  ")]
    public void A_mask_has_three_forms(string mask) =>
        Assert.Equal(16, (Laptop with { VmNetmask = mask }).Resolved().GuestPrefixLength);

    [Theory]
    [InlineData("30", 30)]
    [InlineData("30M", 30)]
    [InlineData("30MiB", 30)]
    [InlineData("2G", 2048)]
    [InlineData("2GiB", 2048)]
    public void Memory_has_units(string memory, int mebibytes) =>
        Assert.Equal(mebibytes, (Laptop with { VmMemory = memory }).Resolved().VmMemoryMiB);

    [Theory]
    [InlineData(null, "172.31.0.1")]
    [InlineData("172.31.0.1", "172.31.0.2")]
    [InlineData("172.31.0.2", "172.31.0.3")]
    [InlineData("172.31.0.3", "172.31.0.1")]
    [InlineData("172.31.0.254", "172.31.0.1")]
    public void The_first_host_leaves_the_gateway_its_address(string? gateway, string first) =>
        Assert.Equal(first, (Laptop with { HostGateway = gateway }).Resolved().FirstHostAddress.ToString());

    [Fact]
    public void Choices_are_read_in_any_case() =>
        Assert.Equal(Hypervisor.Qemu, (Laptop with { Hypervisor = "QEMU" }).Resolved().Hypervisor);

    [Fact]
    public void Ways_of_writing_a_value_are_one_experiment() => Assert.Equal(
        (Laptop with { MemoryOvercommit = "1.50", VmNetmask = "24", PhysicalHosts = "laptop1,laptop0", VmMemory = "30M" }).Resolved(),
        (Laptop with { MemoryOvercommit = "1.5" }).Resolved());
}
