using System.Text;
using Megatux.Model;

namespace Megatux.Imaging.Tests;

public sealed class KernelCatalogTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_newest_kernel_is_taken_by_the_order_of_versions_unless_one_is_named()
    {
        foreach (string version in new[] { "6.1.0-9-amd64", "6.1.0-10-amd64", "6.1.0-10-amd64.old", "5.19.0-1-amd64", "6.1~rc3-amd64" })
            _folder.Write("boot/vmlinuz-" + version, "kernel");
        var catalog = new KernelCatalog(_folder.Path);
        Assert.Equal(new KernelImage(_folder["boot/vmlinuz-6.1.0-10-amd64"], "6.1.0-10-amd64", _folder["lib/modules/6.1.0-10-amd64"]), catalog.FindHost());
        Assert.Equal(_folder["boot/vmlinuz-5.19.0-1-amd64"], catalog.FindHost("5.19.0-1-amd64").Path);
        MegatuxException e = Assert.Throws<MegatuxException>(() => catalog.FindHost("4.0"));
        Assert.Equal(ErrorCodes.KernelMissing, e.Problem.Code);
        Assert.Contains("6.1.0-9-amd64, 6.1.0-10-amd64", e.Message);
    }

    [Theory]
    [InlineData("6.9", "6.10")]
    [InlineData("6.10~rc1", "6.10")]
    [InlineData("6.1.0-9-amd64", "6.1.0-10-amd64")]
    [InlineData("6.1.0-9-amd64", "6.1.0-9-cloud-amd64")]
    [InlineData("6.1", "6.1.1")]
    [InlineData("6.1", "6.1-a")]
    public void Versions_have_debians_order(string older, string newer)
    {
        Assert.True(VersionOrder.Instance.Compare(older, newer) < 0);
        Assert.True(VersionOrder.Instance.Compare(newer, older) > 0);
        Assert.Equal(0, VersionOrder.Instance.Compare(newer, newer));
        if (Command.Find("dpkg") is { } dpkg)
            Assert.Equal(0, Command.Run(dpkg, ["--compare-versions", "0:" + older.Replace('-', '+'), "lt", "0:" + newer.Replace('-', '+')]).ExitCode);
    }

    [Fact]
    public void A_missing_kernel_is_an_error_that_says_what_to_install()
    {
        var catalog = new KernelCatalog(_folder.Path);
        Assert.Contains("apt-get install linux-image-cloud-", Missing(() => catalog.FindHost()));
        Assert.Contains("apt-get install user-mode-linux", Missing(() => catalog.FindUml()));
        Assert.Contains(_folder["none"], Missing(() => catalog.OpenHost(_folder["none"])));
        Assert.Contains(_folder["none"], Missing(() => catalog.OpenUml(_folder["none"])));
    }

    [Fact]
    public void The_version_is_read_from_a_banner_wherever_it_lies()
    {
        foreach (int at in new[] { 100, 65536 - 20, 65536 - 150, 300_000 })
        {
            var bytes = new byte[400_000];
            "\u007fELF"u8.CopyTo(bytes);
            "Linux version %s (%s)\n"u8.CopyTo(bytes.AsSpan(30));
            Encoding.ASCII.GetBytes("Linux version 6.1.176-um (somebody) #1").CopyTo(bytes, at);
            string path = _folder.Write("linux", bytes);
            KernelImage kernel = new KernelCatalog(_folder.Path).OpenUml(path);
            Assert.Equal(("6.1.176-um", _folder["usr/lib/uml/modules/6.1.176-um"]), (kernel.Version, kernel.ModulesFolder));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("some text")]
    [InlineData("\u007fELF and then nothing")]
    [InlineData("\u007fELF Linux version 1/../../etc more")]
    public void A_file_that_is_no_kernel_is_an_error(string text)
    {
        string path = _folder.Write("kernel", text);
        MegatuxException e = Assert.Throws<MegatuxException>(() => new KernelCatalog().OpenHost(path));
        Assert.Equal(ErrorCodes.KernelUnreadable, e.Problem.Code);
        Assert.Contains(path, e.Message);
    }

    [Fact]
    public void A_header_cut_short_is_an_error()
    {
        if (!Directory.Exists("/boot") || Directory.GetFiles("/boot", "vmlinuz-*") is not [var kernel, ..])
            Assert.Skip("no kernel (linux-image-cloud-amd64) is installed");
        else
        {
            byte[] head = File.ReadAllBytes(kernel)[..0x400];
            Assert.Throws<MegatuxException>(() => new KernelCatalog().OpenHost(_folder.Write("cut", head)));
        }
    }

    private static string Missing(Action find)
    {
        MegatuxException e = Assert.Throws<MegatuxException>(find);
        Assert.Equal(ErrorCodes.KernelMissing, e.Problem.Code);
        return e.Message;
    }
}
