using System.Globalization;
using System.Text.Json;
using Megatux.Model;

namespace Megatux.Cli.Tests;

/// <summary>The verbs over images that GNU cpio and the compressors made.</summary>
public sealed class ImageCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _image;

    public ImageCommandTests()
    {
        _folder.Write("one/etc/motd", "hello\n");
        _folder.Write("one/etc/shadow", "secret");
        _folder.Write("two/etc/motd", "hello again\n");
        Directory.CreateDirectory(_folder["micro/kernel/x86"]);
        _folder.Write("micro/kernel/x86/code.bin", new byte[1000]);
        _image = _folder["image"];
        Shell("chmod 4750 one/etc/shadow; ln one/etc/motd one/issue; ln -s etc/motd one/link; mkfifo -m 600 one/pipe; [ $(id -u) = 0 ] && mknod -m 666 one/null c 1 3");
        Shell("""
            pack() { (cd $1; find . -mindepth 1 | LC_ALL=C sort | cpio --quiet -o -H newc -R +0:+0 --reproducible); }
            { pack micro; pack one | gzip -n | dd bs=4 conv=sync status=none; pack two | zstd -q; } >image
            """);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Ls_shows_every_member_as_ls_does_and_then_their_sizes()
    {
        string[] lines = Run(0, "image", "ls", _image).Split('\n');
        Assert.Equal("member 1 (none)", lines[0]);
        Assert.Contains(lines, line => line.StartsWith("drwxr-xr-x   2     0     0          0 kernel/x86", StringComparison.Ordinal) || line.EndsWith(" kernel/x86", StringComparison.Ordinal));
        Assert.Contains("-rw-r--r--   1     0     0       1000 kernel/x86/code.bin", lines);
        Assert.Contains("-rwsr-x---   1     0     0          6 etc/shadow", lines);
        Assert.Contains("lrwxrwxrwx   1     0     0          8 link -> etc/motd", lines);
        Assert.Contains("prw-------   1     0     0          0 pipe", lines);
        Assert.Contains("crw-rw-rw-   1     0     0       1, 3 null", lines);
        Assert.Contains("-rw-r--r--   2     0     0          6 issue = etc/motd", lines);
        Assert.Equal(["1 none", "2 gzip", "3 zstd"], lines.SkipWhile(line => !line.StartsWith("member  compression", StringComparison.Ordinal)).Skip(1).Where(line => line.Length > 0)
            .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[..2])));
    }

    [Fact]
    public void Ls_shows_one_member_or_names_alone()
    {
        Assert.Equal("etc\netc/motd\n", Run(0, "image", "ls", "--paths", "--member", "3", _image));
        Assert.Equal(12, Run(0, "image", "ls", "--paths", _image).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.DoesNotContain("member 1", Run(0, "image", "ls", "--member", "2", _image), StringComparison.Ordinal);
        Failed(ErrorCodes.NotInImage, "image", "ls", "--member", "4", _image);
        Failed(ErrorCodes.NotInImage, "image", "ls", "--member", "-1", _image);
    }

    [Fact]
    public void Ls_speaks_JSON()
    {
        using JsonDocument all = JsonDocument.Parse(Run(0, "image", "ls", "--json", _image));
        JsonElement[] members = [.. all.RootElement.GetProperty("members").EnumerateArray()], entries = [.. all.RootElement.GetProperty("entries").EnumerateArray()];
        Assert.Equal(["none", "gzip", "zstd"], members.Select(member => member.GetProperty("compression").GetString()));
        Assert.Equal(entries.Length, members.Sum(member => member.GetProperty("entries").GetInt32()));
        Assert.True(members.Sum(member => member.GetProperty("size").GetInt64()) <= new FileInfo(_image).Length);
        JsonElement shadow = entries.Single(entry => entry.GetProperty("path").GetString() == "etc/shadow");
        Assert.Equal(("4750", 6, 2, "File"), (shadow.GetProperty("mode").GetString(), shadow.GetProperty("size").GetInt32(), shadow.GetProperty("member").GetInt32(), shadow.GetProperty("type").GetString()));
        Assert.Equal("etc/motd", entries.Single(entry => entry.GetProperty("path").GetString() == "issue").GetProperty("hardLinkTo").GetString());
        Assert.Equal("etc/motd", entries.Single(entry => entry.GetProperty("path").GetString() == "link").GetProperty("target").GetString());
        using JsonDocument one = JsonDocument.Parse(Run(0, "image", "ls", "--json", "--member", "3", _image));
        Assert.Equal((2, 1), (one.RootElement.GetProperty("entries").GetArrayLength(), one.RootElement.GetProperty("members").GetArrayLength()));
    }

    [Fact]
    public void Verify_says_what_is_wrong_and_where()
    {
        // The second member's motd has two names; the third's is written into both.
        Assert.Equal($"{_image}: member 3: etc/motd: the file there has 2 names (hard links), and the kernel changes it under all of them\n", Run(1, "image", "verify", _image));
        Shell("{ cd one; printf 'etc\\netc/shadow\\n' | cpio --quiet -o -H newc | gzip -n >../good; printf 'etc/shadow\\n' | cpio --quiet -o -H newc >../bad; cd ..; head -c 100 good >cut; }");
        Assert.Equal($"{_folder["good"]}: 1 member, 2 entries, 6 bytes of contents: no faults\n", Run(0, "image", "verify", _folder["good"]));
        Assert.Equal($"{_folder["bad"]}: member 1: etc/shadow: its parent etc is missing: the kernel drops it\n", Run(1, "image", "verify", _folder["bad"]));
        Assert.Contains("member 1: ", Run(1, "image", "verify", _folder["cut"]), StringComparison.Ordinal);
        Failed(ErrorCodes.InputUnreadable, "image", "verify", _folder["absent"]);
    }

    [Fact]
    public void Diff_shows_what_differs_by_its_exit_code_too()
    {
        Assert.Equal("", Run(0, "image", "diff", _image, _image));
        Shell("chmod 600 one/etc/shadow; rm one/link; echo new >one/new; (cd one; find . -mindepth 1 | LC_ALL=C sort | cpio --quiet -o -H newc -R +0:+0 | zstd -q) >other");
        Assert.Equal("""
            ! etc/motd: contents changed (12 bytes became 6)
            ! etc/shadow: mode 4750 became 600
            ! issue: contents changed (12 bytes became 6)
            - kernel: directory
            - kernel/x86: directory
            - kernel/x86/code.bin: file of 1000 bytes
            - link: link to etc/motd
            + new: file of 4 bytes

            """, Run(1, "image", "diff", _image, _folder["other"]));
        Failed(ErrorCodes.ImageDamaged, "image", "diff", _image, _folder["one/new"]);
    }

    [Fact]
    public void Extract_unpacks_all_members_as_the_kernel_does()
    {
        string output = Run(0, "image", "extract", _image, "--to", _folder["out"]);
        Assert.StartsWith($"{_folder["out"]}: ", output, StringComparison.Ordinal);
        Assert.Equal("hello again\n", File.ReadAllText(_folder["out/issue"]));
        Assert.Equal(1000, new FileInfo(_folder["out/kernel/x86/code.bin"]).Length);
        Failed(ErrorCodes.ExtractionRefused, "image", "extract", _image, "--to", _folder["out"]);

        Run(0, "image", "extract", _image, "etc/shadow", "link", "--to", _folder["part"]);
        Assert.Equal(["etc", "link"], Directory.GetFileSystemEntries(_folder["part"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(["shadow"], Directory.GetFileSystemEntries(_folder["part/etc"]).Select(Path.GetFileName));
        Failed(ErrorCodes.NotInImage, "image", "extract", _image, "no/such", "--to", _folder["none"]);
    }

    [Fact]
    public void Whoever_is_not_root_unpacks_what_is_for_everybody_and_hears_of_the_rest()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && Testing.Command.Find("setpriv") is not null, "only root can become somebody else (setpriv, package util-linux)");
        // Of the capabilities, this needs those for devices and owners to be gone; all else stays as it is.
        Shell("chown 1000:1000 one/etc/shadow; chmod 4750 one/etc/shadow; (cd one; find . -mindepth 1 | cpio --quiet -o -H newc) >owned");
        CommandResult result = MegatuxProgram.Shell($"setpriv --bounding-set -mknod,-chown --inh-caps -mknod,-chown $MEGATUX image extract {_folder["owned"]} --to {_folder["out"]}").Succeeded();
        Assert.Contains("1 device node left out (only root can make them)", result.Output, StringComparison.Ordinal);
        Assert.Contains("1 name not given to the owner (only root can)", result.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["out/null"]));
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(_folder["out/etc/shadow"]) & (UnixFileMode.SetUser | UnixFileMode.SetGroup));
    }

    [Fact]
    public void What_is_dropped_goes_to_standard_error()
    {
        Shell("cd one; printf 'etc/shadow\\n' | cpio --quiet -o -H newc >../bad");
        CommandResult result = MegatuxProgram.Run("image", "extract", _folder["bad"], "--to", _folder["out"]);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal("dropped, as the kernel does: member 1: etc/shadow: its parent etc is missing: the kernel drops it\n", result.Error);
        Assert.Equal($"{_folder["out"]}: 0 names, 0 bytes; 1 dropped\n", result.Output);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ls")]
    [InlineData("verify")]
    [InlineData("diff")]
    [InlineData("extract")]
    public void Help_shows_an_example(string verb) =>
        Assert.Contains("Example: megatux image ", Run(0, [.. $"image {verb} --help".Split(' ', StringSplitOptions.RemoveEmptyEntries)]), StringComparison.Ordinal);

    [Fact]
    public void An_image_of_mkinitramfs_is_sound()
    {
        if (Testing.Command.Find("mkinitramfs") is not { } mkinitramfs)
        {
            Assert.Skip("mkinitramfs is not here (package initramfs-tools-core).");
            return;
        }

        string? modules = Directory.EnumerateDirectories("/lib/modules").Order(StringComparer.Ordinal).LastOrDefault();
        if (modules is null)
            Assert.Skip("No kernel's modules are at /lib/modules (package linux-image-cloud-amd64).");
        using var _folder = new TempFolder();
        string initrd = _folder["initrd.img"];
        Testing.Command.Run(mkinitramfs, ["-o", initrd, Path.GetFileName(modules)]).Succeeded();
        Assert.EndsWith(": no faults\n", Run(0, "image", "verify", initrd), StringComparison.Ordinal);
        Assert.Contains("init\n", Run(0, "image", "ls", "--paths", initrd), StringComparison.Ordinal);
    }

    private static string Run(int exitCode, params string[] arguments)
    {
        CommandResult result = MegatuxProgram.Run(arguments);
        Assert.True(result.ExitCode == exitCode && result.Error.Length == 0, string.Create(CultureInfo.InvariantCulture, $"exit code {result.ExitCode}:\n{result.All}"));
        return result.Output;
    }

    private static void Failed(string code, params string[] arguments)
    {
        CommandResult result = MegatuxProgram.Run(arguments);
        Assert.Equal(CommandRunner.Failed, result.ExitCode);
        Assert.StartsWith($"error {code}: ", result.Error, StringComparison.Ordinal);
    }

    private void Shell(string script) => Testing.Command.Run("sh", ["-c", script], _folder.Path).Succeeded();
}
