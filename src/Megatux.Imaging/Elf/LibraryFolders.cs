using System.IO.Enumeration;

namespace Megatux.Imaging;

/// <summary>
/// Where the loader looks for a library after the folders that programs name themselves (ld.so(8), ldconfig(8)).
/// All paths are absolute in the machine's or the image's root.
/// </summary>
internal sealed class LibraryFolders
{
    private LibraryFolders(List<(string, string)> machine, List<string> image, string libToken, string? platform) =>
        (Machine, Image, LibToken, Platform) = (machine, image, libToken, platform);

    /// <summary>
    /// Folders to search on this machine, in order, each with the folder of the image where a library from it will be
    /// found. Those that only ld.so.conf names are found through ld.so.cache, which an image made from parts has none
    /// of: their libraries go into a folder that is searched without one.
    /// </summary>
    public IReadOnlyList<(string Machine, string Image)> Machine { get; }

    /// <summary>Folders that a loader of the image, ours or the base's own, searches without being told.</summary>
    public IReadOnlyList<string> Image { get; }

    /// <summary>What $LIB stands for.</summary>
    public string LibToken { get; }

    /// <summary>What $PLATFORM stands for, if it is known without running there.</summary>
    public string? Platform { get; }

    /// <summary>Reads ld.so.conf under <paramref name="root"/> and adds the folders that loaders for the target search anyway.</summary>
    public static LibraryFolders Of(string root, ElfTarget target)
    {
        (string? multiarch, string? platform) = Names(target);
        string wide = target.Class == ElfClass.Bits64 ? "lib64" : "lib";
        string[] narrow = ["/lib", "/usr/lib"];
        List<string> multiple = multiarch is null ? [] : [$"/lib/{multiarch}", $"/usr/lib/{multiarch}"];
        bool hasMultiarch = multiple.Exists(folder => Directory.Exists(Path.Combine(root, folder[1..])));
        List<string> sixtyFour = wide == "lib64" ? ["/lib64", "/usr/lib64"] : [];

        // A machine is either of Debian's kind or of the other; searching both would find what its loader does not.
        List<string> usual = [.. hasMultiarch ? multiple : sixtyFour, .. narrow];
        string home = usual[0];
        var machine = new List<(string, string)>();
        foreach (string folder in LoaderConfiguration.Read(root).Concat(usual).Distinct(StringComparer.Ordinal))
            machine.Add((folder, usual.Contains(folder) ? folder : home));
        return new LibraryFolders(machine, [.. multiple, .. sixtyFour, .. narrow],
            hasMultiarch ? $"lib/{multiarch}" : wide, platform);
    }

    /// <summary>Debian's multiarch name and the kernel's AT_PLATFORM.</summary>
    private static (string? Multiarch, string? Platform) Names(ElfTarget target) => target switch
    {
        { Machine: ElfTarget.X64, Class: ElfClass.Bits64 } => ("x86_64-linux-gnu", "x86_64"),
        { Machine: ElfTarget.X64 } => ("x86_64-linux-gnux32", "x86_64"),
        { Machine: ElfTarget.X86 } => ("i386-linux-gnu", "i686"),
        { Machine: ElfTarget.AArch64, Class: ElfClass.Bits64, LittleEndian: true } => ("aarch64-linux-gnu", "aarch64"),
        { Machine: ElfTarget.Arm, LittleEndian: true } => ("arm-linux-gnueabihf", "v7l"),
        { Machine: ElfTarget.RiscV, Class: ElfClass.Bits64 } => ("riscv64-linux-gnu", null),
        { Machine: ElfTarget.LoongArch, Class: ElfClass.Bits64 } => ("loongarch64-linux-gnu", "loongarch"),
        { Machine: ElfTarget.PowerPC64, LittleEndian: true } => ("powerpc64le-linux-gnu", null),
        { Machine: ElfTarget.S390, Class: ElfClass.Bits64 } => ("s390x-linux-gnu", null),
        _ => (null, null),
    };
}

/// <summary>Reads ld.so.conf as ldconfig does: a folder a line, comments, includes with patterns.</summary>
internal static class LoaderConfiguration
{
    /// <summary>More files than this are a mistake; ldconfig itself would take for ever.</summary>
    private const int MostFiles = 1000;

    /// <summary>Folders in the order in which ldconfig reads them; none if there is no ld.so.conf.</summary>
    public static List<string> Read(string root)
    {
        var folders = new List<string>();
        ReadFile(root, "/etc/ld.so.conf", folders, new HashSet<string>(StringComparer.Ordinal));
        return folders;
    }

    private static void ReadFile(string root, string path, List<string> folders, HashSet<string> seen)
    {
        string file = Path.Combine(root, path[1..]);
        if (!File.Exists(file) || seen.Count >= MostFiles || !seen.Add(path))
            return;
        foreach (string raw in File.ReadLines(file))
        {
            ReadOnlySpan<char> line = raw.AsSpan();
            if (line.IndexOf('#') is >= 0 and var comment)
                line = line[..comment];
            line = line.Trim();
            if (line.StartsWith("include") && line.Length > 7 && char.IsWhiteSpace(line[7]))
            {
                foreach (string pattern in line[7..].ToString().Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
                    Include(root, pattern.StartsWith('/') ? pattern : $"{Path.GetDirectoryName(path)}/{pattern}", folders, seen);
                continue;
            }

            // "folder=libc6" is an old form that named the kind of library.
            if (line.IndexOf('=') is >= 0 and var kind)
                line = line[..kind].TrimEnd();
            if (line.StartsWith("/"))
                folders.Add(line.Length > 1 ? line.TrimEnd('/').ToString() : "/");
        }
    }

    private static void Include(string root, string pattern, List<string> folders, HashSet<string> seen)
    {
        string folder = Path.GetDirectoryName(pattern)!;
        string name = Path.GetFileName(pattern);
        string full = Path.Combine(root, folder[1..]);
        if (!Directory.Exists(full))
            return;
        IEnumerable<string> names = Directory.EnumerateFiles(full).Select(file => Path.GetFileName(file))
            .Where(file => FileSystemName.MatchesSimpleExpression(name, file, ignoreCase: false))
            .Order(StringComparer.Ordinal);
        foreach (string found in names)
            ReadFile(root, $"{folder.TrimEnd('/')}/{found}", folders, seen);
    }
}
