using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>What a verified image holds.</summary>
/// <param name="Members">How many members.</param>
/// <param name="Entries">How many names in all of them.</param>
/// <param name="ContentLength">Bytes of the files and link targets in them.</param>
public sealed record ImageContents(int Members, long Entries, long ContentLength);

/// <summary>
/// Reads an image to its last byte, every checksum included, and finds what the kernel would do with it without a word:
/// drop files, replace links, make empty files.
/// </summary>
public sealed class ImageVerifier
{
    private readonly Action<ImageFinding> _found;
    private readonly Dictionary<(uint, uint, uint), HardLinks> _links = [];
    private int _member = 1;

    private ImageVerifier(Action<ImageFinding> found) => _found = found;

    /// <summary>Verifies an image.</summary>
    /// <param name="path">The image's file.</param>
    /// <param name="found">Takes each finding as it is made.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>What the image holds; after a finding that it is damaged, as far as it could be read.</returns>
    /// <exception cref="MegatuxException">The file cannot be read.</exception>
    public static ImageContents Run(string path, Action<ImageFinding> found, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(found);
        using ImageReader reader = ImageReader.Open(path);
        new ImageVerifier(found).Read(reader, cancellation);
        return new ImageContents(reader.Members.Count, reader.Members.Sum(member => (long)member.Entries), reader.Members.Sum(member => member.ContentLength));
    }

    private void Read(ImageReader reader, CancellationToken cancellation)
    {
        var image = new UnpackedImage(reader);
        string last = "";
        try
        {
            while (image.Next(out ImageRecord? record, out Placement? placement))
            {
                cancellation.ThrowIfCancellationRequested();
                if (record.Member != _member)
                    EndMember(reader);
                last = record.Entry.Path;
                if (placement.Surprise is { } surprise)
                    _found(new ImageFinding(record.Member, last, surprise));
                if (IsUnsafe(last))
                    _found(new ImageFinding(record.Member, last, "an absolute name, or one with '..': the kernel follows it, but other programs refuse it, `megatux image extract` among them"));
                Count(record);
            }

            EndMember(reader);
            if (reader.Members.Count == 0)
                _found(new ImageFinding(1, "", "the image holds no records at all"));
        }
        catch (MegatuxException damage) when (damage.Problem.Code is ErrorCodes.ImageDamaged or ErrorCodes.ImageCompressionUnreadable)
        {
            string after = last.Length == 0 ? "" : $" (the last name read before it is {last})";
            _found(new ImageFinding(reader.NumberHere, "", damage.Message + after));
        }
    }

    /// <summary>True for names that lead out of a folder that the image is unpacked to.</summary>
    internal static bool IsUnsafe(string name) =>
        name.StartsWith('/') || (name.Contains("..", StringComparison.Ordinal) && name.Split('/').Contains(".."));

    private void Count(ImageRecord record)
    {
        if (record.Links < 2 || record.Entry.Kind != EntryKind.File || record.PassedOver is not null)
            return;
        var key = (record.InodeMajor, record.InodeMinor, record.Inode);
        HardLinks links = _links.GetValueOrDefault(key) ?? (_links[key] = new HardLinks(record));
        links.Names++;
        links.HasContent |= record.Length > 0;
    }

    private void EndMember(ImageReader reader)
    {
        // A file that is really empty has all of its names here; a name whose contents lie in another member has not.
        foreach (HardLinks links in _links.Values)
            if (!links.HasContent && links.Names < links.First.Links)
                _found(new ImageFinding(_member, links.First.Entry.Path,
                    $"a hard link without contents: {links.Names} of its {links.First.Links} names are in the member, none with the contents, and the kernel makes an empty file"));
        _links.Clear();
        if (reader.Members.Count >= _member && !reader.Members[_member - 1].HasTrailer)
            _found(new ImageFinding(_member, "", "the trailer is missing: cut off, or hard links of this member can be mixed up with those of the next"));
        _member++;
    }

    private sealed class HardLinks(ImageRecord first)
    {
        internal ImageRecord First { get; } = first;

        internal long Names { get; set; }

        internal bool HasContent { get; set; }
    }
}
