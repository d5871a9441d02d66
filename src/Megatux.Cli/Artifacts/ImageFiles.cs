using Megatux.Imaging;

namespace Megatux.Cli;

/// <summary>Finds all regular files of an image, also those that a later member lies over: they went in as well.</summary>
internal sealed class ImageFiles : IDisposable
{
    private readonly string _name;
    private readonly ImageReader _reader;
    private readonly FileSums _sums = new();
    private readonly Dictionary<(int, uint, uint, uint), LinkedFile> _linked = [];

    private ImageFiles(string path, string name) => (_name, _reader) = (name, ImageReader.Open(path));

    /// <summary>Reads an image once, in passing.</summary>
    /// <param name="path">The image.</param>
    /// <param name="name">What it is called among the artifacts.</param>
    /// <exception cref="Model.MegatuxException">The image is damaged.</exception>
    internal static IEnumerable<ImageFile> Of(string path, string name)
    {
        using var files = new ImageFiles(path, name);
        while (files._reader.Next() is { } record)
            if (record is { PassedOver: null, Entry.Kind: EntryKind.File })
                foreach (ImageFile file in files.Read(record))
                    yield return file;
        foreach (ImageFile file in files.Empty())
            yield return file;
    }

    /// <summary>A file that lies beside the images, as what it would be in one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What it is called among the artifacts.</param>
    /// <param name="origin">Where a package would have it.</param>
    internal static ImageFile Beside(string path, string name, string origin)
    {
        using FileStream file = File.OpenRead(path);
        using var sums = new FileSums();
        return sums.Of(file.Read, name, 0, origin);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _sums.Dispose();
    }

    private ImageFile[] Read(ImageRecord record)
    {
        string path = Plain(record.Entry.Path);
        if (record.Links < 2)
            return [Digest(record.Member, path)];

        // Of the names of one file some writers give the contents to the first, and others to the last.
        var key = (record.Member, record.InodeMajor, record.InodeMinor, record.Inode);
        if (!_linked.TryGetValue(key, out LinkedFile? linked))
            _linked.Add(key, linked = new LinkedFile());
        if (record.Length == 0 && linked.Contents is null)
        {
            linked.Waiting.Add(path);
            return [];
        }

        if (record.Length > 0)
            linked.Contents = Digest(record.Member, path);
        ImageFile[] found = [linked.Contents! with { Path = path }, .. linked.Waiting.Select(name => linked.Contents! with { Path = name })];
        linked.Waiting.Clear();
        return found;
    }

    private IEnumerable<ImageFile> Empty() =>
        _linked.SelectMany(linked => linked.Value.Waiting.Select(path => Digest(linked.Key.Item1, path)));

    private ImageFile Digest(int member, string path) => _sums.Of(_reader.ReadContent, _name, member, path);

    private static string Plain(string path)
    {
        while (path.StartsWith("./", StringComparison.Ordinal))
            path = path[2..];
        return path.TrimStart('/');
    }

    private sealed class LinkedFile
    {
        internal ImageFile? Contents { get; set; }

        internal List<string> Waiting { get; } = [];
    }
}
