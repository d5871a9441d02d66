namespace Megatux.Agents.Tests;

public sealed class RequestTextTests
{
    [Theory]
    [InlineData("status", "status", "")]
    [InlineData("exec vm0.h0 echo  a b", "exec", "vm0.h0 echo  a b")]
    [InlineData("log ", "log", "")]
    [InlineData("", "", "")]
    public void A_request_splits_at_its_first_blank(string text, string first, string others) =>
        Assert.Equal((first, others), RequestText.Split(text));
}
