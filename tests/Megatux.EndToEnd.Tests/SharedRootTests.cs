using Megatux.Imaging;

namespace Megatux.EndToEnd.Tests;

/// <summary>Guests whose root is one file system, made of an image and mounted by all, with what each changes in a file of its own.</summary>
public sealed class SharedRootTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Guests_share_a_root_and_none_sees_what_another_writes()
    {
        using var image = new ThrowawayImage();
        image.File("etc/shared", "from the image");
        image.File("proc/.keep", "");
        image.File("dev/.keep", "");
        image.Script("init", """
            mount -t proc proc /proc
            grep ' / ' /proc/mounts
            cat /etc/shared
            [ -e /mine ] && echo SEEN
            cp /bin/busybox /mine && sync && cmp /bin/busybox /mine && echo WRITTEN
            poweroff -f
            """);
        string root = _folder["root"];
        FileSystemImage.Write([image.Pack()], root, 8 << 20, TestContext.Current.CancellationToken);
        byte[] before = File.ReadAllBytes(root);
        for (int guest = 0; guest < 2; guest++)
        {
            string console = Uml.BootRoot(root, _folder[$"changes{guest}"], _folder[$"uml{guest}"]);
            Assert.Matches(@"/dev/root / ext2 rw", console);
            Assert.Contains("from the image", console, StringComparison.Ordinal);
            Assert.Contains("WRITTEN", console, StringComparison.Ordinal);
            Assert.DoesNotContain("SEEN", console, StringComparison.Ordinal);
        }

        Assert.Equal(before, File.ReadAllBytes(root));
    }
}
