using System.CommandLine;
using Megatux.Imaging;

namespace Megatux.Benchmarks;

/// <summary>
/// Packs a folder as a build packs a member: walk, lay out, digest, compress, flush, rename. The whole of it as a process
/// of its own, for what is measured against whole processes.
/// </summary>
internal static class PackVerb
{
    private const string DigestsFile = "megatux.digests";

    internal static System.CommandLine.Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "The folder that becomes the image's root." };
        var output = new Argument<string>("OUT") { Description = "The archive." };
        var compression = new Option<string?>("--compression") { Description = "gzip, zstd or none." };
        var command = new System.CommandLine.Command("pack") { folder, output, compression };
        command.Hidden = true;
        command.SetAction(result =>
        {
            Pack(result.GetValue(folder)!, Path.GetFullPath(result.GetValue(output)!), Compression.Parse(result.GetValue(compression), level: null));
            return 0;
        });
        return command;
    }

    private static void Pack(string folder, string output, Compression compression)
    {
        string state = Path.GetDirectoryName(output)!;
        string digestsFile = Path.Combine(state, DigestsFile);
        ContentDigests digests = ContentDigests.Load(digestsFile);
        var store = new MemberStore(state, compression, modifiedAt: 0, digests);
        var watched = new WatchList();
        List<ImageEntry> entries = FolderSource.Read(folder, subject: null, CancellationToken.None,
            (string name, in Linux.FileStatus status) => watched.Add($"{folder}/{name}", FileSignature.Of(status)));
        List<ImageEntry> arranged = MemberLayout.Arrange(entries, new ImageStack(), "bench", followLinks: false, subject: null);
        store.Pack(Path.GetFileName(output), arranged, sourceKey: "", compress: true, CancellationToken.None);
        digests.Save(digestsFile);
    }
}
