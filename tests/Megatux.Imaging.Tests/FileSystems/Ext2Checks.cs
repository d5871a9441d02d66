using System.Globalization;
using System.Security.Cryptography;

namespace Megatux.Imaging.Tests;

/// <summary>What others say of a file system: e2fsck, and the kernel that mounts it.</summary>
internal static class Ext2Checks
{
    /// <summary>Lists all names below the current folder with all that a file system says of them, then devices, then contents.</summary>
    private const string List = """
        stat -f -c '%a' .
        find . ! -name lost+found -printf '%P|%y|%m|%U|%G|%n|%T@|%l\0'
        printf 'DEVICES\0'
        find . \( -type b -o -type c \) -printf '%P|' -exec stat --printf '%t,%T\0' {} \;
        printf 'CONTENTS\0'
        find . -type f -printf '%P|' -exec sha256sum -z --binary -- {} \;
        """;

    /// <summary>Fails unless e2fsck finds nothing to mend.</summary>
    public static void Clean(string image, params string[] options)
    {
        string? e2fsck = Command.Find("e2fsck");
        Assert.SkipWhen(e2fsck is null, "e2fsck (package e2fsprogs) is not installed.");
        CommandResult result = Command.Run(e2fsck!, ["-f", "-n", .. options, image]);
        Assert.True(result.ExitCode == 0, result.All);
    }

    /// <summary>A number that the superblock says.</summary>
    public static long Number(string image, string field)
    {
        string? dumpe2fs = Command.Find("dumpe2fs");
        Assert.SkipWhen(dumpe2fs is null, "dumpe2fs (package e2fsprogs) is not installed.");
        string output = Command.Run(dumpe2fs!, ["-h", image]).Succeeded().Output;
        return long.Parse(output.Split(field + ":")[1].Split('\n')[0], CultureInfo.InvariantCulture);
    }

    /// <summary>What a kernel shows of a mounted file system: one line for each name, and how many blocks are free.</summary>
    public static (string[] Lines, long FreeBlocks) Mounted(string image, string folder)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can mount");
        Directory.CreateDirectory(folder);

        // The mount, and the loop device with it, ends with the last process that sees it.
        CommandResult result = Command.Run("unshare",
            ["-m", "sh", "-c", $"mount -t ext2 -o ro,loop \"$0\" \"$1\" || exit 99; cd \"$1\" && {List}", image, folder],
            environment: new Dictionary<string, string?> { ["LC_ALL"] = "C" });
        Assert.SkipWhen(result.ExitCode == 99, $"nothing can be mounted here: {result.Error}");
        string[] parts = result.Succeeded().Output.Split('\n', 2);
        string[] sections = [.. parts[1].Split("DEVICES\0").SelectMany(part => part.Split("CONTENTS\0"))];
        Dictionary<string, string> devices = ByName(sections[1], text => text), contents = ByName(sections[2], text => text[..64]);
        string[] lines =
        [
            .. sections[0].Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(line =>
            {
                string[] fields = line.Split('|', 8);
                fields[6] = fields[6].Split('.')[0];
                return $"{string.Join('|', fields)}|{devices.GetValueOrDefault(fields[0])}|{contents.GetValueOrDefault(fields[0])}";
            }).Order(StringComparer.Ordinal),
        ];
        return (lines, long.Parse(parts[0], CultureInfo.InvariantCulture));
    }

    /// <summary>The lines that a mount of the image's file system should show, as the project's own reader says.</summary>
    public static string[] Expected(params string[] initrdFiles)
    {
        using ImageReader reader = ImageReader.Open(NodeInitrd.Content(initrdFiles).Open(), "image");
        var image = new UnpackedImage(reader);
        var content = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        while (image.Next(out _, out Placement? placement))
        {
            if (!placement.TakesContent)
                continue;
            content.SetLength(0);
            while (reader.ReadContent(buffer) is > 0 and int read)
                content.Write(buffer, 0, read);
            placement.Node!.Digest = Convert.ToHexStringLower(SHA256.HashData(content.GetBuffer().AsSpan(0, (int)content.Length)));
        }

        ILookup<string, UnpackedNode> inFolder = image.Nodes.ToLookup(name => ImagePath.FolderOf(name.Key), name => name.Value);
        int lost = image.Nodes.ContainsKey("lost+found") ? 0 : 1;
        IEnumerable<string> lines = image.Nodes.Where(name => ImagePath.NameOf(name.Key) != "lost+found").Select(name => Line(name.Key, name.Value, inFolder[name.Key]));
        return [.. lines.Append(Line("", image.Root, inFolder[""], lost)).Order(StringComparer.Ordinal)];
    }

    private static string Line(string path, UnpackedNode node, IEnumerable<UnpackedNode> children, int more = 0)
    {
        ImageEntry entry = node.Entry;
        (string type, bool isDevice) = entry.Kind switch
        {
            EntryKind.Directory => ("d", false),
            EntryKind.SymbolicLink => ("l", false),
            EntryKind.CharacterDevice => ("c", true),
            EntryKind.BlockDevice => ("b", true),
            EntryKind.Fifo => ("p", false),
            EntryKind.Socket => ("s", false),
            _ => ("f", false),
        };
        int names = entry.Kind == EntryKind.Directory ? 2 + more + children.Count(child => child.Kind == EntryKind.Directory) : node.Names;
        string device = isDevice ? $"{entry.DeviceMajor:x},{entry.DeviceMinor:x}" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{path}|{type}|{Convert.ToString(entry.Mode, 8)}|{entry.Uid}|{entry.Gid}|{names}|{Math.Min(node.ModifiedAt, int.MaxValue)}|{entry.LinkTarget}|{device}|{(type == "f" ? node.Digest : "")}");
    }

    private static Dictionary<string, string> ByName(string section, Func<string, string> value) =>
        section.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|', 2)).ToDictionary(fields => fields[0], fields => value(fields[1]));
}
