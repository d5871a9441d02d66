using Megatux.Linux;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>What an extraction did.</summary>
public sealed record ExtractionSummary
{
    /// <summary>Names made.</summary>
    public long Names { get; internal set; }

    /// <summary>Bytes written into files.</summary>
    public long ContentLength { get; internal set; }

    /// <summary>Names dropped, as the kernel drops them.</summary>
    public long Dropped { get; internal set; }

    /// <summary>Device nodes left out, since only root can make them.</summary>
    public long SkippedDevices { get; internal set; }

    /// <summary>Names that belong to whoever extracts instead of their owner (and lost their set-id bits), since only root can give files away.</summary>
    public long SkippedOwners { get; internal set; }
}

/// <summary>
/// Unpacks an image to a folder, all members one over the other as the kernel would. What is where is known without the
/// disk (<see cref="UnpackedImage"/>), so that no link is ever followed on it: a hostile image writes nothing outside.
/// </summary>
public sealed partial class ImageExtraction
{
    private const int BufferLength = 1 << 18;
    private const UnixFileMode WhileUnpacking = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _image;
    private readonly Func<ImageReader> _open;
    private readonly string _folder;
    private readonly Selection _selection;
    private readonly bool _asRoot;
    private readonly Action<ImageFinding> _dropped;
    private readonly ExtractionSummary _summary = new();
    private readonly byte[] _buffer = new byte[BufferLength];

    /// <summary>Where each node that was made has one of its names on disk.</summary>
    private readonly Dictionary<int, string> _places = [];

    /// <summary>Nodes whose contents stood under a name that nobody asked for, before the name that somebody did.</summary>
    private readonly HashSet<int> _contentMissing = [];

    private ImageExtraction(
        string image, Func<ImageReader> open, string folder, IReadOnlyList<string> paths, bool asRoot, Action<ImageFinding> dropped)
    {
        _image = image;
        _open = open;
        _folder = Path.GetFullPath(folder);
        _selection = new Selection(image, paths);
        _asRoot = asRoot;
        _dropped = dropped;
    }

    /// <summary>Unpacks an image.</summary>
    /// <param name="image">The image's file.</param>
    /// <param name="folder">Where to: a folder that is empty, or is made.</param>
    /// <param name="paths">Names in the image, to unpack these and what is below them; none for all.</param>
    /// <param name="dropped">Takes what the kernel would drop.</param>
    /// <param name="cancellation">Stops; what was unpacked stays.</param>
    /// <exception cref="MegatuxException">
    /// The image cannot be read or is damaged; the folder is not empty or cannot be written; the image holds an absolute
    /// name or one with "..", or none of a name asked for; the disk is full.
    /// </exception>
    public static ExtractionSummary Run(
        string image, string folder, IReadOnlyList<string> paths, Action<ImageFinding> dropped, CancellationToken cancellation = default) =>
        Run(image, folder, paths, dropped, Environment.IsPrivilegedProcess, cancellation);

    /// <summary>Unpacks all of what a node boots, without joining it first.</summary>
    /// <param name="initrdFiles">Full paths of the files that the initramfs is joined from, in order.</param>
    /// <param name="folder">Where to: a folder that is empty, or is made.</param>
    /// <exception cref="MegatuxException">
    /// A file is not there, cannot be read or is damaged; the folder is not empty or cannot be written; the image holds an
    /// absolute name or one with ".."; the disk is full.
    /// </exception>
    public static ExtractionSummary Run(IReadOnlyList<string> initrdFiles, string folder)
    {
        ArgumentNullException.ThrowIfNull(initrdFiles);
        return new ImageExtraction(string.Join(" + ", initrdFiles), () => NodeInitrd.Open(initrdFiles), folder, [], Environment.IsPrivilegedProcess, _ => { })
            .Run(CancellationToken.None);
    }

    internal static ExtractionSummary Run(
        string image, string folder, IReadOnlyList<string> paths, Action<ImageFinding> dropped, bool asRoot, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(dropped);
        return new ImageExtraction(image, () => ImageReader.Open(image), folder, paths, asRoot, dropped).Run(cancellation);
    }

    private ExtractionSummary Run(CancellationToken cancellation)
    {
        try
        {
            using (ImageReader reader = _open())
            {
                PrepareFolder();
                Unpack(reader, cancellation);
            }

            if (_contentMissing.Count > 0)
                FillIn(cancellation);
            _selection.ExpectAllFound();
            return _summary;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.IsDiskFull(failure)
                ? new MegatuxException(ErrorCodes.DiskFull, $"No space is left for {_folder}, which holds what was unpacked so far: free some, or unpack elsewhere.", inner: failure)
                : new MegatuxException(ErrorCodes.OutputUnwritable, $"{_folder} cannot be written: {failure.Message}", inner: failure);
        }
    }

    private void PrepareFolder()
    {
        if (File.Exists(_folder) || (Directory.Exists(_folder) && Directory.EnumerateFileSystemEntries(_folder).Any()))
            throw new MegatuxException(ErrorCodes.ExtractionRefused,
                $"{_folder} is there and not an empty folder: name one that does not exist, so that nothing is overwritten.");
        Directory.CreateDirectory(_folder);
    }

    private void Unpack(ImageReader reader, CancellationToken cancellation)
    {
        var image = new UnpackedImage(reader);
        while (image.Next(out ImageRecord? record, out Placement? placement))
        {
            cancellation.ThrowIfCancellationRequested();
            Refuse(record.Entry.Path, record.Entry);
            if (placement.Kind == PlacementKind.Dropped)
            {
                _summary.Dropped++;
                _dropped(new ImageFinding(record.Member, record.Entry.Path, placement.Surprise!));
            }

            Apply(record, placement, reader);
        }

        FinishFolders(image);
    }

    /// <summary>Reads the image again for contents that were passed over when nobody had asked for them yet.</summary>
    private void FillIn(CancellationToken cancellation)
    {
        using ImageReader reader = _open();
        var image = new UnpackedImage(reader);
        while (image.Next(out _, out Placement? placement))
        {
            cancellation.ThrowIfCancellationRequested();
            if (placement.TakesContent && _contentMissing.Contains(placement.Node!.Number))
                WriteContent(_places[placement.Node.Number], placement.Node, reader, isNew: false);
        }
    }

    private void Refuse(string name, ImageEntry entry)
    {
        string? reason = ImageVerifier.IsUnsafe(name) ? "is absolute or has '..' in it, and could lead out of the folder"
            : !PathText.IsWellFormed(name) || !PathText.IsWellFormed(entry.LinkTarget ?? "") ? "or its link target is not UTF-8"
            : null;
        if (reason is not null)
            throw new MegatuxException(ErrorCodes.ExtractionRefused,
                $"{_image} holds the name {PathText.Show(name)}, which {reason}: the extraction ends here; `cpio` unpacks it if you trust the image.");
    }

    private string OnDisk(string path) => path.Length == 0 ? _folder : $"{_folder}/{path}";
}
