using System.Text;
using System.Text.Json;

namespace Megatux.HostAgent.Tests;

public sealed class HostStatusTests
{
    [Fact]
    public void A_thousand_guests_that_are_up_take_a_few_bytes()
    {
        var guests = new NodeSupervision(1000, 1000, TimeSpan.FromMinutes(1));
        while (guests.NextToStart(default) is { } number)
            if (number is not (3 or 7 or 8))
                guests.CameUp(number, default);
        byte[] json = HostStatus.Write("node1", guests, 12, 4096);
        using JsonDocument status = JsonDocument.Parse(json);
        Assert.Equal("vm[0-2,4-6,9-999].node1", status.RootElement.GetProperty("up").GetString());
        Assert.Equal("vm[3,7-8].node1", status.RootElement.GetProperty("booting").GetString());
        Assert.False(status.RootElement.TryGetProperty("failed", out _));
        Assert.Equal(12, status.RootElement.GetProperty("churned").GetInt64());
        Assert.Equal(4096, status.RootElement.GetProperty("memory").GetInt64());
        Assert.True(json.Length < 150, Encoding.UTF8.GetString(json));
    }
}
