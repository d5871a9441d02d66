using Megatux.Model;

namespace Megatux.Imaging.Tests;

public sealed class DebianPackagesTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly DebianPackages _packages;

    public DebianPackagesTests() => _packages = new DebianPackages(_folder["cache"], _folder["spool"], ArchiveLimits.Default, "GuestPackage:it");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_package_by_name_is_downloaded_once()
    {
        List<ImageEntry> entries = Online("hello", () => _packages.Read("hello", null, CancellationToken.None));
        ImageEntry program = entries.Single(e => e.Path == "usr/bin/hello");
        Assert.Equal((0b111_101_101, "package hello"), (program.Mode, program.Origin));
        Assert.Equal("\u007fELF", EntryText.Text(program)[..4]);

        // Only the kept file is used again: apt is not asked, or the date would change back.
        string deb = Assert.Single(Directory.GetFileSystemEntries(_folder["cache"]));
        File.SetLastWriteTimeUtc(deb, DateTime.UnixEpoch);
        Assert.Equal(deb, _packages.Fetch("hello", null, CancellationToken.None));
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(deb));
        Assert.Contains("libc6", _packages.Dependencies("hello", null, CancellationToken.None));
    }

    [Fact]
    public void A_library_is_found_in_the_dependencies_of_a_package()
    {
        LibrarySearch search = Online("ngircd", () => _packages.FindLibraries("ngircd", null, ["libident.so.0", "libz.so.1"], CancellationToken.None));
        Assert.Empty(search.Missing);
        Assert.Equal(("libident", "zlib1g"), (search.Providers["libident.so.0"], search.Providers["libz.so.1"]));
        ImageEntry link = search.Entries.Single(e => e.Path.EndsWith("/libz.so.1", StringComparison.Ordinal));
        ImageEntry file = search.Entries.Single(e => e.Path == Path.Combine(Path.GetDirectoryName(link.Path)!, link.LinkTarget!));
        Assert.Equal("\u007fELF", EntryText.Text(file)[..4]);
        Assert.All(search.Entries, e => Assert.True(e.Implicit || e.Path.Contains(".so", StringComparison.Ordinal), e.Path));
    }

    [Fact]
    public void An_unknown_package_is_an_error_with_the_nearest_name()
    {
        Online("busybox-static", () => true);
        MegatuxException error = Refuse(ErrorCodes.PackageUnknown, () => _packages.Fetch("busybox-statik", null, CancellationToken.None));
        Assert.Contains("busybox-static", error.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get update", error.Message, StringComparison.Ordinal);
        error = Refuse(ErrorCodes.PackageUnknown, () => _packages.Fetch("busybox-static", "0.1-nosuch", CancellationToken.None));
        Assert.Contains("It knows ", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder["cache"]));
    }

    [Theory]
    [InlineData("-o", null)]
    [InlineData("Hello", null)]
    [InlineData("a b", null)]
    [InlineData("hello=1", null)]
    [InlineData("hello", "1 2")]
    [InlineData("hello", "-1")]
    public void What_is_no_name_or_version_is_refused(string name, string? version) =>
        Refuse(ErrorCodes.PackageNameInvalid, () => _packages.Fetch(name, version, CancellationToken.None));

    [Fact]
    public void A_package_file_is_read_without_running_its_scripts()
    {
        string deb = MakeDeb("mine", files: ["usr/bin/program", "etc/mine.conf"], script: $"#!/bin/sh\ntouch {_folder["ran"]}\n");
        List<ImageEntry> entries = _packages.Read(deb, null, CancellationToken.None);
        Assert.Equal(["etc", "etc/mine.conf", "usr", "usr/bin", "usr/bin/program"], entries.Select(e => e.Path));
        Assert.Equal("contents of etc/mine.conf", EntryText.Text(entries[1]));
        Assert.False(File.Exists(_folder["ran"]));
        Assert.False(Directory.Exists(_folder["cache"]));
    }

    [Fact]
    public void Of_kept_packages_the_wanted_version_or_the_highest_is_taken()
    {
        foreach (string version in (string[])["1.9-1", "1:0.5-1", "1.10-1"])
            MakeDeb("mine", version, into: "cache");
        MakeDeb("mine", "9.0-1", architecture: "riscv64", into: "cache");
        Assert.Equal(_folder["cache/mine_1%3a0.5-1_all.deb"], _packages.Fetch("mine", null, CancellationToken.None));
        Assert.Equal(_folder["cache/mine_1.9-1_all.deb"], _packages.Fetch("mine", "1.9-1", CancellationToken.None));
        File.Delete(_folder["cache/mine_1%3a0.5-1_all.deb"]);
        Assert.Equal(_folder["cache/mine_1.10-1_all.deb"], _packages.Fetch("mine", null, CancellationToken.None));
    }

    [Fact]
    public void Of_alternatives_the_first_that_exists_is_a_dependency()
    {
        MakeDeb("here", into: "cache");
        string deb = MakeDeb("mine", depends: "zlib1g (>= 1:1.2), no-such-thing-at-all | here | zlib1g, libc6:any, neither-this | nor-that", preDepends: "dpkg (>= 1), zlib1g");
        Assert.Equal(["dpkg", "zlib1g", "here", "libc6", "neither-this"], _packages.Dependencies(deb, null, CancellationToken.None));
    }

    [Fact]
    public void Libraries_are_searched_step_by_step_and_come_with_their_links()
    {
        MakeDeb("libfar1", into: "cache", files: ["usr/lib/private/libfar.so.1", "usr/lib/libfar.so.1.2", "usr/share/doc/far"], links: ["usr/lib/libfar.so.1=libfar.so.1.2"]);
        MakeDeb("tool", into: "cache", files: ["usr/bin/tool"], depends: "libfar1");
        MakeDeb("libnear1", into: "cache", files: ["lib/libnear.so.1"], depends: "libnear1");
        string deb = MakeDeb("mine", depends: "tool, libnear1, unfetchable-dependency-of-mine");

        LibrarySearch search = _packages.FindLibraries(deb, null, ["libfar.so.1", "libnear.so.1", "libgone.so.1"], CancellationToken.None);
        Assert.Equal(
            ["lib", "lib/libnear.so.1", "usr", "usr/lib", "usr/lib/libfar.so.1", "usr/lib/libfar.so.1.2"], search.Entries.Select(e => e.Path));
        Assert.Equal("libfar.so.1.2", search.Entries[4].LinkTarget);
        Assert.Equal("contents of usr/lib/libfar.so.1.2", EntryText.Text(search.Entries[5]));
        Assert.Equal(["libgone.so.1"], search.Missing);
        Assert.Contains("unfetchable-dependency-of-mine", Assert.Single(search.Unread), StringComparison.Ordinal);

        // Packages in which nothing was found leave nothing behind.
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder["spool"]).Length);
    }

    [Fact]
    public void A_search_for_nothing_asks_for_nothing()
    {
        LibrarySearch search = _packages.FindLibraries("mine", null, [], CancellationToken.None);
        Assert.Empty(search.Entries);
        Assert.False(Directory.Exists(_folder["cache"]));
    }

    [Fact]
    public void A_damaged_package_is_said_by_its_path()
    {
        string deb = MakeDeb("mine", files: ["usr/bin/program"]);
        byte[] whole = File.ReadAllBytes(deb);
        foreach (byte[] bytes in (byte[][])[[], "no package"u8.ToArray(), whole[..200], whole[..^40]])
        {
            File.WriteAllBytes(deb, bytes);
            MegatuxException error = Refuse(ErrorCodes.PackageDamaged, () => _packages.Read(deb, null, CancellationToken.None));
            Assert.Contains(deb, error.Message, StringComparison.Ordinal);
            Refuse(ErrorCodes.PackageDamaged, () => { if (bytes.Length < 300) _packages.Dependencies(deb, null, CancellationToken.None); else throw error; });
        }

        Refuse(ErrorCodes.PackageFileMissing, () => _packages.Read(_folder["absent.deb"], null, CancellationToken.None));
    }

    [Fact]
    public void A_package_over_the_limit_is_refused_as_any_archive()
    {
        string deb = MakeDeb("mine", files: ["usr/bin/program"]);
        var small = new DebianPackages(_folder["cache"], _folder["spool"], new ArchiveLimits { MaxEntries = 1 }, "GuestPackage:it");
        Refuse(ErrorCodes.ArchiveTooLarge, () => small.Read(deb, null, CancellationToken.None));
        Assert.Throws<OperationCanceledException>(() => _packages.Read(deb, null, new CancellationToken(canceled: true)));
        Assert.Empty(Directory.GetFileSystemEntries(_folder["spool"]));
    }

    [Fact]
    public void A_missing_program_is_said_by_name()
    {
        string deb = MakeDeb("mine", files: ["usr/bin/program"]);
        Directory.CreateDirectory(_folder["tools"]);
        DebianPackages bare = WithTools();
        Assert.Contains("apt-get", Refuse(ErrorCodes.PackageToolMissing, () => bare.Fetch("hello", null, CancellationToken.None)).Message, StringComparison.Ordinal);
        Assert.Contains("dpkg-deb", Refuse(ErrorCodes.PackageToolMissing, () => bare.Read(deb, null, CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo 'E: Failed to fetch http://x/hello.deb  Could not connect' >&2; exit 100", "Could not connect")]
    [InlineData("exit 0", "left no .deb")]
    [InlineData("touch half_1_all.deb; sleep 600", "not done after 2 seconds")]
    public void A_download_that_fails_or_hangs_is_said_and_leaves_nothing(string script, string said)
    {
        MakeTool("apt-get", script);
        MegatuxException error = Refuse(ErrorCodes.PackageDownloadFailed, () => WithTools().Fetch("hello", null, CancellationToken.None));
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder["cache"]));
    }

    [Theory]
    [InlineData("apt-get")]
    [InlineData("dpkg-deb")]
    public void A_program_that_hangs_is_stopped_when_cancelled(string tool)
    {
        string deb = MakeDeb("mine");
        MakeTool(tool, $"echo $$ > {_folder["pid"]}; sleep 600");
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1.5));
        Assert.ThrowsAny<OperationCanceledException>(() => WithTools().Read(tool == "apt-get" ? "hello" : deb, null, stop.Token));
        Assert.False(IsRunning(File.ReadAllText(_folder["pid"]).Trim()));
    }

    private static T Online<T>(string package, Func<T> act)
    {
        bool known = Command.Run("apt-cache", ["show", package]).ExitCode == 0;
        Assert.SkipUnless(known, $"apt knows no package {package}: run apt-get update");
        try
        {
            return act();
        }
        catch (MegatuxException offline) when (offline.Problem.Code == ErrorCodes.PackageDownloadFailed)
        {
            Assert.Skip("no way to Debian's archive: " + offline.Message);
            throw;
        }
    }

    private static bool IsRunning(string pid) =>
        File.Exists($"/proc/{pid}/stat") && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z", StringComparison.Ordinal);

    private DebianPackages WithTools() => new(_folder["cache"], _folder["spool"], ArchiveLimits.Default, "GuestPackage:it")
    {
        ToolFolder = _folder["tools"],
        DownloadDeadline = TimeSpan.FromSeconds(2),
    };

    private void MakeTool(string name, string script) =>
        Command.Run($"chmod 755 {_folder.Write("tools/" + name, "#!/bin/sh\n" + script + "\n")}").Succeeded();

    private static MegatuxException Refuse(string code, Action act)
    {
        MegatuxException error = Assert.Throws<MegatuxException>(act);
        Assert.Equal((code, "GuestPackage:it"), (error.Problem.Code, error.Problem.Subject));
        return error;
    }

    private string MakeDeb(string name, string version = "1.0-1", string architecture = "all", string into = ".", string[]? files = null,
        string[]? links = null, string? depends = null, string? preDepends = null, string? script = null)
    {
        string tree = $"build/{name}_{version.Replace(':', '_')}_{architecture}";
        foreach (string file in files ?? [])
            _folder.Write($"{tree}/{file}", "contents of " + file);
        foreach (string link in links ?? [])
            File.CreateSymbolicLink(_folder[$"{tree}/{link.Split('=')[0]}"], link.Split('=')[1]);
        _folder.Write($"{tree}/DEBIAN/control",
            $"Package: {name}\nVersion: {version}\nArchitecture: {architecture}\nMaintainer: Nobody <nobody@example.org>\n" +
            (preDepends is null ? "" : $"Pre-Depends: {preDepends}\n") + (depends is null ? "" : $"Depends: {depends}\n") + "Description: made by a test\n");
        if (script is not null)
            Command.Run($"chmod 755 {_folder.Write($"{tree}/DEBIAN/preinst", script)}").Succeeded();
        Directory.CreateDirectory(_folder[into]);
        string deb = Path.GetFullPath(_folder[$"{into}/{name}_{version.Replace(":", "%3a", StringComparison.Ordinal)}_{architecture}.deb"]);
        Command.Run("dpkg-deb", ["--root-owner-group", "--build", _folder[tree], deb]).Succeeded();
        return deb;
    }
}
