using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>
/// Entries from an overlay: a folder laid over an image. Everything in it belongs to root unless the mtree file beside it
/// says otherwise; files that are templates by their name are rendered.
/// </summary>
internal sealed class OverlaySource(TemplateRenderer renderer, TemplateVariables variables, WatchList watched)
{
    /// <summary>Where git must be told to keep an empty folder: never wanted in the image.</summary>
    private const string Placeholder = ".gitkeep";

    private const string ManifestExtension = ".mtree";

    /// <summary>Reads an overlay.</summary>
    /// <exception cref="MegatuxException">The folder is missing, something in it cannot go into an image, its mtree file or a template is wrong.</exception>
    internal List<ImageEntry> Read(string folder, string? subject, CancellationToken cancellation)
    {
        folder = Path.TrimEndingDirectorySeparator(folder);
        if (!Directory.Exists(folder))
            throw new MegatuxException(ErrorCodes.OverlayMissing,
                File.Exists(folder) ? $"The overlay {folder} is a file: expected a folder." : $"There is no overlay folder {folder}: make it, or correct the path (it is relative to the project's folder).", subject);

        List<ImageEntry> found = FolderSource.Read(folder, subject, cancellation,
            (string path, in Linux.FileStatus status) => watched.Add(path.Length == 0 ? folder : $"{folder}/{path}", FileSignature.Of(status)));
        var lengths = found.Where(entry => entry.Content is not null).ToDictionary(entry => entry.Path, entry => entry.Content!.Length, StringComparer.Ordinal);
        List<ImageEntry> entries = [];
        foreach (ImageEntry entry in found)
            if (ImagePath.NameOf(entry.Path) != Placeholder)
                entries.Add(Adopt(entry, lengths));

        string manifest = folder + ManifestExtension;
        watched.Add(manifest);
        return File.Exists(manifest) ? Mtree.Apply(manifest, entries, subject) : entries;
    }

    private ImageEntry Adopt(ImageEntry entry, Dictionary<string, long> lengths)
    {
        // Whoever happened to check the files out does not own them in the image, nor do hard links made on this disk count.
        entry = entry with { Uid = 0, Gid = 0, Mode = entry.Kind == EntryKind.SymbolicLink ? entry.Mode : CheckoutMode.Of(entry.Mode) };
        if (entry.HardLinkTo is { } first)
            entry = entry with { HardLinkTo = null, Content = new FileContent(entry.Origin, lengths[first]) };
        if (entry.Kind == EntryKind.Directory)
            return entry with { Implicit = true };
        if (entry.Kind != EntryKind.File || !TemplateRenderer.IsTemplate(entry.Path))
            return entry;

        foreach (string file in renderer.Inputs(entry.Origin).Files)
            watched.Add(file);
        string name = TemplateRenderer.TargetName(ImagePath.NameOf(entry.Path));
        return entry with
        {
            Path = ImagePath.Join(ImagePath.FolderOf(entry.Path), name),
            Content = new BytesContent(renderer.Render(entry.Origin, variables)),
        };
    }
}
