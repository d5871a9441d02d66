using Megatux.Model;

namespace Megatux.Imaging.Tests;

/// <summary>What tests of archives that must be refused share.</summary>
public abstract class RefusedArchive : IDisposable
{
    private protected TempFolder Folder { get; } = new();

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected List<ImageEntry> Read(byte[] archive, ArchiveLimits? limits = null) =>
        ArchiveSource.Read(Folder.Write("hostile.tar", archive), Folder["spool"], limits ?? ArchiveLimits.Default, "GuestBase", CancellationToken.None);

    private protected MegatuxException Refuse(byte[] archive, string code, ArchiveLimits? limits = null, string? either = null)
    {
        if (Directory.Exists(Folder["spool"]))
            Directory.Delete(Folder["spool"], recursive: true);
        MegatuxException error = Assert.Throws<MegatuxException>(() => Read(archive, limits));
        Assert.True(error.Problem.Code == code || error.Problem.Code == either, $"{archive.Length} bytes: {error.Problem}");
        Assert.False(Directory.Exists(Folder["spool"]) && Directory.GetFileSystemEntries(Folder["spool"]).Length > 0, "the spool file was left");
        return error;
    }
}
