using Megatux.Imaging;
using Megatux.Linux;
using Megatux.Model;

namespace Megatux.Xproc;

/// <summary>
/// A program of this machine that travels to nodes, with the libraries that it needs and files that it is to find: on a node
/// they are at /xproc, for the command and its children alone, and gone after it.
/// </summary>
/// <remarks>
/// Its libraries are found by its own loader, which travels with it, so that nodes need none of them; what it starts in turn has
/// the node's. A script is run by the node's interpreter. What a program opens by name while it runs is to be given as a file.
/// </remarks>
/// <example>
/// <code>
/// PushedProgram program = PushedProgram.Pack("build/a.out", ["data"]);
/// await client.BringAsync(program);
/// XprocJob job = await client.RunAsync(new JobSpec { Words = [.. program.Start, "/xproc/data"], Bundle = program.Id }, nodes);
/// </code>
/// </example>
public sealed class PushedProgram
{
    /// <summary>The folder on nodes.</summary>
    public const string Folder = Xproc.Bundle.Folder;

    /// <summary>A file of so many bytes is sent by itself, so that nothing else is sent again when it changes.</summary>
    private const long Large = 64 << 10;

    private const string Libraries = "lib";
    private const int PermissionBits = 0x1FF, FolderMode = 0x1ED; // 0777, 0755

    private readonly SortedDictionary<string, ImageEntry> _entries = new(StringComparer.Ordinal);
    private readonly List<LooseMember> _parts = [];
    private readonly List<string> _start = [];

    private PushedProgram()
    {
    }

    /// <summary>The words that start it on a node, in front of its arguments.</summary>
    public IReadOnlyList<string> Start => _start;

    /// <summary>Its number of bytes, archives' headers among them.</summary>
    public long Length => _parts.Sum(part => part.Length);

    /// <summary>Which one it is: the same for the same files under the same names.</summary>
    public BlobId Id => BlobId.OfContents(List());

    /// <summary>What is sent.</summary>
    internal IReadOnlyList<LooseMember> Parts => _parts;

    /// <summary>Packs a program and files.</summary>
    /// <param name="program">Path of the program: an ELF program of this kind of machine, or a script. Null for files alone.</param>
    /// <param name="files">Paths of files and folders that it is to find at /xproc under their own names.</param>
    /// <param name="cancellation">Stops the packing.</param>
    /// <exception cref="MegatuxException">Something is not there, cannot be read, or is nothing that can travel.</exception>
    public static PushedProgram Pack(string? program, IEnumerable<string> files, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        var packed = new PushedProgram();
        if (program is not null)
            packed.AddProgram(Path.GetFullPath(program));
        foreach (string file in files)
            packed.AddFiles(FullPathOf(file), cancellation);
        packed.Cut(cancellation);
        return packed;
    }

    /// <summary>Where nodes find a file or folder that is packed.</summary>
    /// <param name="path">Its path here.</param>
    public static string PlaceOf(string path) => $"{Folder}/{Path.GetFileName(FullPathOf(path))}";

    /// <summary>The list of its parts, whose digest names it.</summary>
    internal byte[] List() => new Bundle([.. _parts.Select(part => (BlobId.Of(part.Digest.Span), part.Length))]).ToBytes();

    private static string FullPathOf(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    private void AddProgram(string path)
    {
        string name = Path.GetFileName(path), place = $"{Folder}/{name}";
        if (!File.Exists(path))
            throw new MegatuxException(ErrorCodes.ProgramMissing, $"The program {path} is not on this machine: correct its path, or run what nodes have with --local.");
        if (ElfFile.TryRead(path) is not { } elf)
        {
            // The kernel of the node has its interpreter start it.
            if (!IsScript(path))
                throw new MegatuxException(ErrorCodes.ProgramNotExecutable, $"{path} is neither an ELF program nor a script that starts with #!: name a program.");
            Add(FileOf(path, name));
            _start.Add(place);
            return;
        }

        foreach (ImageEntry entry in ProgramClosure.Compute([new ClosureProgram(path, name)]))
            AddOfClosure(entry, name);
        if (elf.Interpreter is { } loader)
            _start.AddRange([$"{Folder}/{Libraries}/{Path.GetFileName(loader)}", "--library-path", $"{Folder}/{Libraries}", .. TakesName(loader) ? (string[])["--argv0", name] : []]);
        _start.Add(place);
    }

    // All libraries lie in one folder, under the names that they are asked for by: links from elsewhere would lead out of it.
    private void AddOfClosure(ImageEntry entry, string program)
    {
        if (entry.Path == program)
        {
            Add(entry with { Uid = 0, Gid = 0, Mode = entry.Mode & PermissionBits });
            return;
        }

        string here = $"/{entry.Path}";
        if (entry.Kind is not (EntryKind.File or EntryKind.SymbolicLink) || Path.GetFullPath(here) is var path && !File.Exists(path))
            return;
        string real = RealPath(here), name = Path.GetFileName(here), file = Path.GetFileName(real);
        Add(FileOf(real, $"{Libraries}/{file}"));
        if (name != file)
            Add(new ImageEntry { Path = $"{Libraries}/{name}", Kind = EntryKind.SymbolicLink, Mode = PermissionBits, LinkTarget = file, Origin = here });
    }

    private static string RealPath(string path) => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;

    private static bool IsScript(string path)
    {
        Span<byte> start = stackalloc byte[2];
        using FileStream file = File.OpenRead(path);
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual("#!"u8);
    }

    // Since glibc 2.33; musl's knows it as well. Without it a program sees its path at /xproc as its own name.
    private static bool TakesName(string loader) => File.ReadAllBytes(loader).AsSpan().IndexOf("--argv0"u8) >= 0;

    private void AddFiles(string path, CancellationToken cancellation)
    {
        string name = Path.GetFileName(path);
        if (name.Length == 0)
            throw new MegatuxException(ErrorCodes.JobMalformed, "The whole file system of this machine cannot travel: name a folder of it.");
        if (File.Exists(path))
        {
            Add(FileOf(RealPath(path), name));
            return;
        }

        if (!Directory.Exists(path))
            throw new MegatuxException(ErrorCodes.SourceNotReadable, $"There is no {path} on this machine: correct the path.");
        Add(FolderAt(name));
        foreach (ImageEntry entry in FolderSource.Read(path, subject: null, cancellation))
        {
            string inside = $"{name}/{entry.Path}";
            Add(entry.Kind switch
            {
                EntryKind.File => FileOf(entry.Origin, inside),
                EntryKind.Directory or EntryKind.SymbolicLink => entry with { Path = inside, Uid = 0, Gid = 0, Mode = entry.Mode & PermissionBits },
                _ => throw new MegatuxException(ErrorCodes.FolderEntryInvalid, $"{entry.Origin}: a device, pipe or socket cannot travel. Leave it out."),
            });
        }
    }

    private static ImageEntry FolderAt(string path) => new() { Path = path, Kind = EntryKind.Directory, Mode = FolderMode };

    private static ImageEntry FileOf(string path, string inside)
    {
        FileStatus status = FileStatus.Read(path);
        return new ImageEntry { Path = inside, Kind = EntryKind.File, Mode = status.Mode & PermissionBits, Content = new FileContent(path, status.Size), Origin = path };
    }

    private void Add(ImageEntry entry)
    {
        for (int slash = entry.Path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = entry.Path.IndexOf('/', slash + 1))
            _entries.TryAdd(entry.Path[..slash], FolderAt(entry.Path[..slash]));
        if (!_entries.TryGetValue(entry.Path, out ImageEntry? other))
            _entries.Add(entry.Path, entry);
        else if (other.Origin != entry.Origin && entry.Kind != EntryKind.Directory)
            throw new MegatuxException(ErrorCodes.JobMalformed, $"Both {other.Origin} and {entry.Origin} would be {Folder}/{entry.Path} on nodes: rename one of them.");
    }

    private void Cut(CancellationToken cancellation)
    {
        var small = new List<ImageEntry>();
        var large = new List<ImageEntry>();
        foreach (ImageEntry entry in _entries.Values)
            (entry.Content?.Length >= Large ? large : small).Add(entry);

        // Folders are in the first part.
        _parts.Add(LooseMember.Of(small, cancellation));
        foreach (ImageEntry entry in large)
            _parts.Add(LooseMember.Of([entry], cancellation));
    }
}
