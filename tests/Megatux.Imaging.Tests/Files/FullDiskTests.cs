using Megatux.Model;

namespace Megatux.Imaging.Tests;

/// <summary>A disk that is full, on a small tmpfs in a mount namespace of a child's own.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const string FolderVariable = "MEGATUX_TEST_FULL_DISK";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_full_disk_is_said_and_leaves_old_outputs_and_members_as_they_were()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } disk)
        {
            FillDisk(disk);
            return;
        }

        // This same test, run again by a child that sees a small disk.
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can mount a small disk");
        string script = $"mount -t tmpfs -o size=1m none {_folder.Path} && exec \"$0\" -method '*{nameof(A_full_disk_is_said_and_leaves_old_outputs_and_members_as_they_were)}'";
        CommandResult result = Command.Run("unshare", ["-m", "sh", "-c", script, Environment.ProcessPath!],
            environment: new Dictionary<string, string?> { [FolderVariable] = _folder.Path });
        Assert.Contains("Total: 1, Errors: 0, Failed: 0, Skipped: 0", result.Succeeded().Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    private static void FillDisk(string disk)
    {
        string state = Path.Combine(disk, "state"), output = Path.Combine(disk, "bin/output"), small = Path.Combine(disk, "bin/small");
        using (var outputs = new OutputSet(state))
        {
            outputs.Add(output, "1", stream => stream.Write("old"u8));
            outputs.Add(small, "small old"u8.ToArray());
            outputs.Commit();
        }

        using (var outputs = new OutputSet(state))
        {
            outputs.Add(small, "small new"u8.ToArray());
            AssertFull(() => outputs.Add(output, "2", stream => stream.Write(new byte[2 << 20])), output);
        }

        using (var outputs = new OutputSet(state))
        {
            outputs.Add(small, "small new"u8.ToArray());
            outputs.Add(output, "2", stream => stream.Write(new byte[2 << 20]), aside: true);
            AssertFull(outputs.Commit, output);
        }

        Assert.Equal(("old", "small old"), (File.ReadAllText(output), File.ReadAllText(small)));
        Assert.Equal(["output", "small"], Directory.GetFileSystemEntries(Path.Combine(disk, "bin")).Select(Path.GetFileName).Order());

        foreach (string compression in (string[])["gzip", "zstd", "none"])
        {
            var store = new MemberStore(Path.Combine(disk, "cache"), Compression.Parse(compression, null), 0, ContentDigests.Load(Path.Combine(disk, "digests")));
            Member packed = store.Pack("m", [Sample.File("a", "text")], "", true, TestContext.Current.CancellationToken).Member;
            byte[] good = File.ReadAllBytes(packed.Path);
            AssertFull(() => store.Pack("m", [Sample.File("a", Sample.Noise(4 << 20))], "", true, TestContext.Current.CancellationToken), packed.Path);
            Assert.Equal(good, File.ReadAllBytes(packed.Path));
            Assert.Equal(packed.Digest, store.Pack("m", [Sample.File("a", "text")], "", true, TestContext.Current.CancellationToken).Member.Digest);
        }

        string image = Path.Combine(disk, "image");
        File.WriteAllBytes(image, Sample.Pack(Compression.Default, Sample.Folder("d"), Sample.File("d/zeros", new byte[2 << 20])));
        AssertFull(() => ImageExtraction.Run(image, Path.Combine(disk, "out"), [], _ => { }, TestContext.Current.CancellationToken), Path.Combine(disk, "out"));
    }

    private static void AssertFull(Action write, string path)
    {
        MegatuxException error = Assert.Throws<MegatuxException>(write);
        Assert.Equal(ErrorCodes.DiskFull, error.Problem.Code);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }
}
