using System.Formats.Tar;
using Megatux.Model;
using Megatux.Xproc;

namespace Megatux.Cli.Tests;

public sealed class FetchedFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void A_link_that_a_node_sends_leads_nothing_else_of_its_out_of_the_target()
    {
        string outside = _folder["outside"], kept = Path.Combine(outside, "kept");
        Directory.CreateDirectory(outside);
        File.WriteAllText(kept, "yes");
        var error = new StringWriter();
        using var fetched = new FetchedFiles(ByteOutput.OfError(error), "x", isRecursive: true, preserves: false);
        fetched.For(NodeSet.Parse("vm0.h0"));
        fetched.Take(new JobRecord(NodeSet.Parse("vm0.h0"), 0, RecordKind.Output, Archive(
            new PaxTarEntry(TarEntryType.Directory, "x"),
            new PaxTarEntry(TarEntryType.SymbolicLink, "x/way") { LinkName = outside },
            new PaxTarEntry(TarEntryType.SymbolicLink, "x/way/kept") { LinkName = "/nowhere" })));

        Assert.Equal(1, fetched.Place(_folder["target"]));
        Assert.Contains("vm0.h0", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("yes", File.ReadAllText(kept));
        Assert.Null(new FileInfo(kept).LinkTarget);
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Archive(params TarEntry[] entries)
    {
        using var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes))
            foreach (TarEntry entry in entries)
                writer.WriteEntry(entry);
        return bytes.ToArray();
    }
}
