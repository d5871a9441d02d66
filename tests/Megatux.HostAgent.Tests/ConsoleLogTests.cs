using System.Text;

namespace Megatux.HostAgent.Tests;

public sealed class ConsoleLogTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_kept_is_the_end_and_bounded()
    {
        using var log = new ConsoleLog(_folder["log"]);
        for (int line = 0; line < 100_000; line++)
            log.Append(Encoding.ASCII.GetBytes($"line {line}\n"));
        byte[] kept = log.Read();
        Assert.InRange(kept.Length, ConsoleLog.HalfLength / 2, 2 * ConsoleLog.HalfLength);
        Assert.EndsWith("line 99998\nline 99999\n", Encoding.ASCII.GetString(kept), StringComparison.Ordinal);
        Assert.True(Directory.GetFiles(_folder.Path).Sum(file => new FileInfo(file).Length) <= 2 * ConsoleLog.HalfLength);
    }

    [Fact]
    public void A_listener_hears_all_until_it_wants_no_more()
    {
        using var log = new ConsoleLog(_folder["log"]);
        var heard = new StringBuilder();
        log.Listener = bytes =>
        {
            heard.Append(Encoding.ASCII.GetString(bytes.Span));
            return heard.Length < 4;
        };
        foreach (string part in (string[])["ab", "cd", "ef"])
            log.Append(Encoding.ASCII.GetBytes(part));
        Assert.Equal("abcd", heard.ToString());
        Assert.Equal("abcdef", Encoding.ASCII.GetString(log.Read()));
    }
}
