using Megatux.Model;

namespace Megatux.Imaging.Tests;

public sealed class OverlaySourceTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly WatchList _watched = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_belongs_to_root_and_folders_are_there_for_what_is_in_them()
    {
        _folder.Write("overlay/etc/file", "text");
        Command.Run("sh", ["-c", "chmod 750 etc/file; ln etc/file second; ln -s file etc/link; [ $(id -u) != 0 ] || chown -R 1000:1000 ."], _folder["overlay"]).Succeeded();
        Assert.Equal("""
            etc Directory 755 0:0 implicit
            etc/file File 750 0:0 4 bytes 982D9E3EB996F559
            etc/link SymbolicLink 777 0:0 -> file
            second File 750 0:0 4 bytes 982D9E3EB996F559
            """, EntryText.Describe(Read()));
    }

    [Fact]
    public void A_folder_that_git_was_made_to_keep_is_empty()
    {
        _folder.Write("overlay/var/empty/.gitkeep", "");
        Assert.Equal(["var", "var/empty"], Read().Select(entry => entry.Path));
    }

    [Fact]
    public void Templates_are_rendered_and_lose_their_extension()
    {
        _folder.Write("overlay/etc/motd.hbs", "Welcome to {{experiment.name}}\n");
        _folder.Write("overlay/run.sh.hbs", "#!/bin/sh\n");
        Command.Run("chmod", ["755", _folder["overlay/run.sh.hbs"]]).Succeeded();
        List<ImageEntry> entries = Read();
        Assert.Equal(["etc", "etc/motd", "run.sh"], entries.Select(entry => entry.Path));
        Assert.Equal("Welcome to laptop\n", EntryText.Text(entries[1]));
        Assert.Equal(Convert.ToInt32("755", 8), entries[2].Mode);
    }

    [Fact]
    public void A_template_with_an_undefined_variable_is_an_error_with_its_line()
    {
        _folder.Write("overlay/motd.hbs", "one\n{{no.such}}\n");
        Problem problem = Assert.Throws<MegatuxException>(Read).Problem;
        Assert.Equal(ErrorCodes.TemplateVariableUndefined, problem.Code);
        Assert.Equal((_folder["overlay/motd.hbs"], 2), (problem.Where?.File, problem.Where?.Line));
    }

    [Fact]
    public void The_manifest_beside_the_folder_is_applied_to_rendered_names_too()
    {
        _folder.Write("overlay/shadow.hbs", "root:{{experiment.name}}\n");
        _folder.Write("overlay.mtree", "./shadow mode=0640 gid=42\n./dev type=dir\n./dev/null type=char mode=666 device=native,1,3\n");
        Assert.Equal("dev Directory 755 0:0|dev/null CharacterDevice 666 0:0 1,3|shadow File 640 0:42",
            string.Join('|', Read().OrderBy(entry => entry.Path, StringComparer.Ordinal).Select(entry => EntryText.Describe(entry with { Content = null }))));
    }

    [Fact]
    public void An_overlay_that_is_missing_or_a_file_is_an_error_that_names_it()
    {
        foreach (string path in (string[])[_folder["absent"], _folder.Write("file", "")])
        {
            Problem problem = Assert.Throws<MegatuxException>(() => Read(path)).Problem;
            Assert.Equal((ErrorCodes.OverlayMissing, "GuestOverlay:x"), (problem.Code, problem.Subject));
            Assert.Contains(path, problem.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Everything_that_was_looked_at_is_watched_and_the_manifest_that_may_come()
    {
        _folder.Write("overlay/a/b", "");
        _folder.Write("overlay/t.hbs", "");
        Read(_folder["overlay"] + "/");
        var list = new MemoryStream();
        using (var writer = new BinaryWriter(list, System.Text.Encoding.UTF8, leaveOpen: true))
            _watched.Write(writer, new HashSet<string>());
        string text = System.Text.Encoding.Latin1.GetString(list.ToArray());
        foreach (string path in (string[])["overlay", "overlay/a", "overlay/a/b", "overlay/t.hbs", "overlay.mtree"])
            Assert.Contains(_folder[path], text, StringComparison.Ordinal);
    }

    private List<ImageEntry> Read() => Read(_folder["overlay"]);

    private List<ImageEntry> Read(string path) =>
        new OverlaySource(new TemplateRenderer(), new TemplateVariables().Set("experiment.name", "laptop"), _watched)
            .Read(path, "GuestOverlay:x", TestContext.Current.CancellationToken);
}
