using System.Globalization;
using System.Text;
using Megatux.Sexp;

namespace Megatux.Pushmon.Tests;

public sealed class NodeSamplerTests
{
    [Fact]
    public void A_sample_is_what_the_kernel_says_and_fits_its_schema()
    {
        using var folder = new TempFolder();
        folder.Write("proc/uptime", "12.31 20.00\n");
        folder.Write("proc/loadavg", "0.10 0.20 0.30 2/61 4711\n");
        folder.Write("proc/stat", "cpu  100 1 20 300 4 5 6 7 0 0\ncpu0 100 1 20 300 4 5 6 7 0 0\n");
        folder.Write("proc/meminfo", "MemTotal:          40000 kB\nMemFree:           30000 kB\nMemAvailable:      31000 kB\nBuffers:              10 kB\nCached:               20 kB\nSwapCached:            9 kB\n");
        folder.Write("proc/net/dev", "Inter-|   Receive\n face |bytes packets errs drop\n    lo: 9 9 0 9 0 0 0 0 9 9 0 9 0 0 0 0\n  eth0: 1000 10 0 1 0 0 0 0 2000 20 0 2 0 0 0 0\n  eth1:1 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0\n");
        folder.Write("user/mail", "(queue   17)\n");
        folder.Write("user/bad", "((");
        folder.Write("user/.hidden", "(x)");
        var sampler = new NodeSampler(folder["proc"], folder["user"]);
        (ReadOnlyMemory<byte> schema, ReadOnlyMemory<byte> data) = sampler.Take();
        string text = Encoding.UTF8.GetString(data.Span);
        Assert.StartsWith("((uptime 12.31) (load 0.10 0.20 0.30) (cpu 100 1 20 300 4 5 6 7) (busy 0.0) (memory 40000 30000 31000 10 20) (net 1001 11 1 2001 21 2) (traffic 0.0 0.0) (tasks 2 61) (user (bad (error ", text, StringComparison.Ordinal);
        Assert.EndsWith(" (mail (queue 17))))", text, StringComparison.Ordinal);
        Assert.Equal(text, Datum.Parse(text).ToString());

        // Each part is as long as the schema says, its mark aside.
        Dictionary<string, int> lengths = Datum.Parse(schema.Span).Items.ToArray().ToDictionary(part => part.Items[0].Text, part => part.Items.Length - 1);
        foreach (Datum part in Datum.Parse(text).Items)
            if (part.Items[0].Text != "user")
                Assert.Equal(lengths[part.Items[0].Text], part.Items.Length);

        // Half of the time that has gone by since, something was done.
        folder.Write("proc/stat", "cpu  150 1 20 350 4 5 6 7 0 0\n");
        Assert.Contains("(busy 50.0)", Encoding.UTF8.GetString(sampler.Take().Data.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sample_of_this_machine_is_one_and_where_there_is_no_proc_there_is_none_that_fails()
    {
        var here = new NodeSampler();
        Datum sample = Datum.Parse(here.Take().Data.Span);
        Assert.Equal("uptime", sample.Items[0].Items[0].Text);
        Assert.InRange(double.Parse(sample.Items[0].Items[1].Text, CultureInfo.InvariantCulture), 1, double.MaxValue);
        Datum.Parse(new NodeSampler("/nonexistent", "/nonexistent").Take().Data.Span);
    }
}
