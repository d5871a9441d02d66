using Megatux.Model;

namespace Megatux.Imaging.Tests;

public sealed class BusyboxBaseTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_shell_lives_in_the_base()
    {
        List<ImageEntry> entries = Read();
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can chroot");
        Lay(entries);
        CommandResult said = Command.Run("chroot", [_folder["root"], "/bin/sh", "-c", "id -un; ls /usr/bin/awk; . /etc/profile; echo $PATH; grep -c root /etc/group; which sed; readlink -f /var/run"]);
        Assert.Equal("root\n/usr/bin/awk\n/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n1\n/bin/sed\n/run\n", said.Succeeded().Output);
    }

    [Fact]
    public void Everything_has_a_parent_and_belongs_to_root()
    {
        List<ImageEntry> entries = Read();
        var byPath = entries.ToDictionary(e => e.Path);
        Assert.All(entries, e => Assert.Equal((0u, 0u), (e.Uid, e.Gid)));
        Assert.All(entries, e => Assert.True(Path.GetDirectoryName(e.Path) is null or "" || byPath[Path.GetDirectoryName(e.Path)!].Kind == EntryKind.Directory, e.Path));
        Assert.Equal(entries.Select(e => e.Path).Order(StringComparer.Ordinal), entries.Select(e => e.Path));
        Assert.DoesNotContain(byPath.Keys, p => p is "init" or "linuxrc");
        Assert.Equal("/bin/busybox", byPath["bin/sh"].LinkTarget);
        Assert.Equal(0b1_111_111_111, byPath["tmp"].Mode);
        Assert.Equal(0b111_000_000, byPath["root"].Mode);
    }

    [Fact]
    public void The_nodes_that_init_needs_are_there_before_devtmpfs()
    {
        Assert.Equal(
            """
            dev/console CharacterDevice 600 0:0 5,1
            dev/kmsg CharacterDevice 600 0:0 1,11
            dev/null CharacterDevice 666 0:0 1,3
            dev/ptmx CharacterDevice 666 0:0 5,2
            dev/random CharacterDevice 666 0:0 1,8
            dev/tty CharacterDevice 666 0:0 5,0
            dev/ttyS0 CharacterDevice 600 0:0 4,64
            dev/urandom CharacterDevice 666 0:0 1,9
            dev/zero CharacterDevice 666 0:0 1,5
            """, EntryText.Describe(Read().Where(e => e.Path.StartsWith("dev/", StringComparison.Ordinal))));
    }

    [Fact]
    public void The_base_is_the_same_each_time() => Assert.Equal(EntryText.Describe(Read()), EntryText.Describe(Read()));

    [Fact]
    public void Without_a_static_busybox_the_package_is_named()
    {
        string notElf = _folder.Write("script", "#!/bin/sh\necho sh\n");
        byte[] foreign = File.ReadAllBytes("/bin/busybox");
        foreign[18] = 0xF3;
        foreign[19] = 0;
        foreach ((string path, string why) in (IEnumerable<(string, string)>)
            [(_folder["absent"], "there is no"), ("/bin/ls", "shared libraries"), (notElf, "no program"), (_folder.Write("foreign", foreign), "RISC-V"),
                (_folder.Write("cut", foreign[..30]), "cut")])
        {
            MegatuxException error = Assert.Throws<MegatuxException>(() => BusyboxBase.Read(path, "GuestBase", CancellationToken.None));
            Assert.Equal((ErrorCodes.BusyboxMissing, "GuestBase"), (error.Problem.Code, error.Problem.Subject));
            Assert.Contains("busybox-static", error.Message, StringComparison.Ordinal);
            Assert.Contains(why, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_program_that_is_not_busybox_is_said()
    {
        // Static and for this machine, but it may not be executed.
        string copy = _folder.Write("busybox", File.ReadAllBytes("/bin/busybox"));
        MegatuxException error = Assert.Throws<MegatuxException>(() => BusyboxBase.Read(copy, null, CancellationToken.None));
        Assert.Equal(ErrorCodes.BusyboxFailed, error.Problem.Code);
    }

    private static List<ImageEntry> Read() => BusyboxBase.Read("GuestBase", CancellationToken.None);

    private void Lay(List<ImageEntry> entries)
    {
        foreach (ImageEntry entry in entries)
        {
            string path = _folder["root/" + entry.Path];
            switch (entry.Kind)
            {
                case EntryKind.Directory:
                    Directory.CreateDirectory(path);
                    break;
                case EntryKind.SymbolicLink:
                    File.CreateSymbolicLink(path, entry.LinkTarget!);
                    break;
                case EntryKind.File:
                    using (FileStream file = File.Create(path))
                    using (Stream contents = entry.Content!.Open())
                        contents.CopyTo(file);
                    Command.Run($"chmod {Convert.ToString(entry.Mode, 8)} {path}").Succeeded();
                    break;
                default:
                    Assert.Equal(EntryKind.CharacterDevice, entry.Kind);
                    break;
            }
        }
    }
}
