using System.Diagnostics;

namespace Megatux.Linux.Tests;

public sealed class NetworkNamespaceTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly TestNetwork _network = new();

    public void Dispose() => _network.Dispose();

    [Fact]
    public void A_new_namespace_has_nothing_but_a_loopback_device_that_is_up()
    {
        Assert.Empty(_network.Names());
        Assert.True(_network.Link("lo").IsUp());
    }

    [Fact]
    public void Work_runs_inside_and_the_caller_stays_outside()
    {
        string before = Mine();
        string inside = _network.Namespace.Run(Mine);
        Assert.NotEqual(before, inside);
        Assert.Equal(inside, _network.Namespace.Run(Mine));
        Assert.Equal(before, Mine());
    }

    [Fact]
    public void A_failure_of_the_work_is_the_callers()
    {
        var failure = Assert.Throws<InvalidOperationException>(
            () => _network.Namespace.Run(() => throw new InvalidOperationException("as expected")));
        Assert.Equal("as expected", failure.Message);
    }

    [Fact]
    public void The_namespace_of_a_process_is_found_by_its_number()
    {
        using Process process = _network.Namespace.Run(() => Process.Start(new ProcessStartInfo("cat") { RedirectStandardInput = true })!);
        using (var found = NetworkNamespace.Of(process.Id))
            Assert.Equal(_network.Namespace.Run(Mine), found.Run(Mine));
        process.StandardInput.Close();
        Assert.True(process.WaitForExit(Deadline));
        Assert.ThrowsAny<IOException>(() => NetworkNamespace.Of(int.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => NetworkNamespace.Of(0));
    }

    [Fact]
    public void Nothing_is_left_of_a_namespace_that_was_disposed()
    {
        using (var other = new TestNetwork())
        {
            _network.Commit(setup => setup.AddVeth("v0", [], "p0", [], other.Descriptor));
            Assert.Equal(["v0"], _network.Names());
        }

        // The kernel takes a namespace down in the background, and the other end of each veth with it.
        for (var waiting = Stopwatch.StartNew(); _network.Names().Length > 0; Thread.Sleep(10))
            Assert.True(waiting.Elapsed < Deadline, "v0 outlives the namespace of its peer");
        Assert.Throws<ObjectDisposedException>(() =>
        {
            var disposed = NetworkNamespace.Create();
            disposed.Dispose();
            disposed.Run(() => { });
        });
    }

    private static string Mine() => new FileInfo("/proc/thread-self/ns/net").LinkTarget!;
}
