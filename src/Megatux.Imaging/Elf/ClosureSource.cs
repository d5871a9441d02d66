namespace Megatux.Imaging;

/// <summary>Finds ELF files for one kind of machine on this machine and in the lower image, reading each file once.</summary>
internal sealed class ClosureSource(IImageView lower, FolderView machine, ElfTarget target)
{
    private readonly Dictionary<string, ElfFile?> _machine = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ElfFile?> _lower = new(StringComparer.Ordinal);

    public IImageView Lower => lower;

    public FolderView Machine => machine;

    public ElfTarget Target => target;

    /// <summary>
    /// The ELF file for the target at an absolute path of the lower image, links followed, with the path where it lies;
    /// null if there is none. Files for other machines are passed over, as the loader does.
    /// </summary>
    public (ElfFile File, string Path)? FindBelow(string path)
    {
        if (ImagePath.FindFile(lower, path) is not { } found)
            return null;
        if (!_lower.TryGetValue(found.Path, out ElfFile? file))
        {
            using Stream stream = found.Content.Open();
            _lower.Add(found.Path, file = ReadAny(stream, found.Entry.Origin.Length == 0 ? found.Path : found.Entry.Origin));
        }

        return file is not null && IsFor(file) ? (file, found.Path) : null;
    }

    /// <summary>The same on this machine.</summary>
    public (ElfFile File, string Path)? FindHere(string path)
    {
        if (ImagePath.FindFile(machine, path) is not { } found)
            return null;
        if (!_machine.TryGetValue(found.Path, out ElfFile? file))
            _machine.Add(found.Path, file = ElfFile.TryRead(machine.PathOf(found.Path)));
        return file is not null && IsFor(file) ? (file, found.Path) : null;
    }

    /// <summary>Reads contents that may lie in a stream without seeking.</summary>
    public static ElfFile? ReadAny(Stream stream, string origin)
    {
        if (stream.CanSeek)
            return ElfFile.Read(stream, origin);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return ElfFile.Read(copy, origin);
    }

    private bool IsFor(ElfFile file) => file.Target == target && file.Kind is ElfKind.Executable or ElfKind.Shared;
}
