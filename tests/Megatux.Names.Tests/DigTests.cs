namespace Megatux.Names.Tests;

/// <summary>Asked by BIND's dig, which checks what it gets and complains about what it does not like.</summary>
public sealed class DigTests
{
    [Theory]
    [InlineData("vm3.laptop1", "10.0.1.5")]
    [InlineData("vm3.laptop1 +tcp", "10.0.1.5")]
    [InlineData("vm3.laptop1.laptop.megatux +noedns", "10.0.1.5")]
    [InlineData("-x 10.0.1.5", "vm3.laptop1.")]
    [InlineData("vm3 +search +domain=laptop1.laptop.megatux", "10.0.1.5")]
    [InlineData("laptop.megatux SOA", "laptop0.laptop.megatux. hostmaster.laptop.megatux. 1 86400 7200 3600000 300")]
    [InlineData("laptop.megatux NS", "laptop0.laptop.megatux.")]
    public async Task Dig_gets_the_answer_that_it_asks_for(string question, string answer)
    {
        CommandResult result = await Dig($"+short {question}");
        Assert.Equal(answer, result.Output.Trim());
    }

    [Theory]
    [InlineData("vm3.laptop1 AAAA", "NOERROR")]
    [InlineData("vm50.laptop1", "NXDOMAIN")]
    [InlineData("example.com", "REFUSED")]
    [InlineData("CH TXT version.bind", "REFUSED")]
    [InlineData("vm3.laptop1 +opcode=UPDATE +noedns", "NOTIMP")]
    [InlineData("vm3.laptop1 +edns=7 +noednsneg", "BADVERS")]
    [InlineData("vm3.laptop1 +header-only +noedns", "FORMERR")]
    [InlineData("vm3.laptop1 +dnssec +nsid +subnet=10.0.0.0/8 +cookie +padding=128", "NOERROR")]
    public async Task Dig_understands_how_it_is_turned_down(string question, string status)
    {
        CommandResult result = await Dig(question);
        Assert.Contains($"status: {status},", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Warning", result.All, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("malformed", result.All, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<CommandResult> Dig(string question)
    {
        Assert.SkipUnless(Command.Find("dig") is not null, "dig is not installed: the Debian package bind9-dnsutils has it");
        await using var served = new ServedNames(Experiments.Laptop);
        return await Task.Run(() => Command.Run("dig", [
            "@127.0.0.1", "-p", $"{served.EndPoint.Port}", "+norecurse", "+time=10", "+tries=1", .. question.Split(' ')]).Succeeded());
    }
}
