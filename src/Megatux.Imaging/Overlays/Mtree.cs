using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>
/// Applies the manifest that may lie beside an overlay (<c>overlays/guest.mtree</c> beside <c>overlays/guest/</c>): owners,
/// modes and device nodes, which a checkout cannot hold. What a line does not say stays as the overlay has it.
/// </summary>
internal static class Mtree
{
    internal static List<ImageEntry> Apply(string file, List<ImageEntry> entries, string? subject)
    {
        var byPath = entries.ToDictionary(entry => entry.Path, StringComparer.Ordinal);
        foreach (MtreeLine line in MtreeLine.Read(file))
        {
            // "." is the root, which has no entry in an image of ours: its mode is the kernel's business.
            if (line.Path!.Length == 0)
                continue;
            byPath[line.Path] = byPath.TryGetValue(line.Path, out ImageEntry? entry) ? Change(entry, line) : Create(line, file, subject);
        }

        return [.. byPath.Values];
    }

    private static ImageEntry Change(ImageEntry entry, MtreeLine line)
    {
        if (line.Kind is { } kind && kind != entry.Kind)
            throw new MegatuxException(ErrorCodes.MtreeNamesNothing,
                $"{line.Path} is a {kind} here, but {entry.Origin} is a {entry.Kind}: remove one of them.", where: line.Where);
        return entry with
        {
            Mode = line.Mode ?? entry.Mode,
            Uid = line.Uid ?? entry.Uid,
            Gid = line.Gid ?? entry.Gid,
            LinkTarget = line.Link ?? entry.LinkTarget,
            Implicit = false,
        };
    }

    private static ImageEntry Create(MtreeLine line, string file, string? subject)
    {
        bool isDevice = line.Kind is EntryKind.CharacterDevice or EntryKind.BlockDevice;
        if (line.Kind is null or EntryKind.File || (isDevice && line.Device is null) || (line.Kind == EntryKind.SymbolicLink && line.Link is null))
            throw new MegatuxException(ErrorCodes.MtreeNamesNothing,
                $"The overlay holds no {line.Path}: add the file, or say what to make (type=dir, type=fifo, type=link link=TARGET, type=char device=native,MAJOR,MINOR).", subject, line.Where);
        return new ImageEntry
        {
            Path = line.Path!,
            Kind = line.Kind.Value,
            Mode = line.Mode ?? (line.Kind == EntryKind.Directory ? Modes.Directory : line.Kind == EntryKind.SymbolicLink ? Modes.Link : Modes.File),
            Uid = line.Uid ?? 0,
            Gid = line.Gid ?? 0,
            LinkTarget = line.Link,
            DeviceMajor = line.Device?.Major ?? 0,
            DeviceMinor = line.Device?.Minor ?? 0,
            Origin = file,
        };
    }
}
