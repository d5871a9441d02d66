namespace Megatux.Imaging;

/// <summary>What an image holds at a path: the members below the one that is being made, as they will be unpacked.</summary>
public interface IImageView
{
    /// <summary>
    /// The entry at <paramref name="path"/> (in the form of <see cref="ImageEntry.Path"/>), or null if there is none.
    /// Links are not followed, neither on the way nor at the end. Directories that hold something are entries too.
    /// </summary>
    ImageEntry? Find(string path);
}

/// <summary>An image without anything below.</summary>
public sealed class EmptyImageView : IImageView
{
    private EmptyImageView()
    {
    }

    /// <summary>The only one there is.</summary>
    public static EmptyImageView Instance { get; } = new();

    /// <inheritdoc/>
    public ImageEntry? Find(string path) => null;
}

/// <summary>Entries over a lower image: the last entry of a path counts, as when the kernel unpacks them.</summary>
public sealed class EntriesView : IImageView
{
    private readonly Dictionary<string, ImageEntry> _entries = new(StringComparer.Ordinal);
    private readonly IImageView _lower;

    /// <summary>Lays <paramref name="entries"/> over <paramref name="lower"/>, or over nothing.</summary>
    public EntriesView(IEnumerable<ImageEntry> entries, IImageView? lower = null)
    {
        ArgumentNullException.ThrowIfNull(entries);
        _lower = lower ?? EmptyImageView.Instance;
        foreach (ImageEntry entry in entries)
            _entries[entry.Path] = entry;
    }

    /// <inheritdoc/>
    public ImageEntry? Find(string path) => _entries.GetValueOrDefault(path) ?? _lower.Find(path);
}
