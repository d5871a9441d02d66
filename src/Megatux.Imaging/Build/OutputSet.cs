using System.Text;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>
/// The outputs of a build. All are written beside their places first; only when every one is whole do they take them, so
/// that a full disk or a late error leaves the last good outputs as they were. What is as it was is not touched.
/// </summary>
internal sealed class OutputSet(string stateFolder) : IDisposable
{
    internal const string ReceiptsFolder = "receipts";

    private const string ListName = "megatux.outputs";

    private readonly List<(AtomicFile Staged, Receipt? Receipt)> _staged = [];
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly string[] _before = ReadList(stateFolder);
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);

    /// <summary>Full paths of all outputs, written or kept.</summary>
    internal IReadOnlySet<string> Paths => _paths;

    /// <summary>Keeps an output that is whole and was made from the same things, or stages it to be written.</summary>
    /// <param name="path">Its place.</param>
    /// <param name="key">What it is made from.</param>
    /// <param name="write">Writes the contents.</param>
    /// <param name="executable">True for a program.</param>
    /// <param name="aside">True to write it while other things go on.</param>
    /// <returns>True when it will be written.</returns>
    internal bool Add(string path, string key, Action<Stream> write, bool executable = false, bool aside = false)
    {
        Claim(path);
        Receipt? receipt = Receipt.TryRead(ReceiptOf(path));
        if (receipt?.Key == key && receipt.Fits(path))
            return false;
        _staged.Add((AtomicFile.Stage(path, write, executable, aside), new Receipt(key, "", "", 0, 0, 0)));
        return true;
    }

    /// <summary>Keeps a small output that holds just these bytes, or stages it to be written.</summary>
    /// <returns>True when it will be written.</returns>
    internal bool Add(string path, ReadOnlyMemory<byte> bytes)
    {
        Claim(path);
        if (AtomicFile.Holds(path, bytes.Span))
            return false;
        _staged.Add((AtomicFile.Stage(path, stream => stream.Write(bytes.Span)), null));
        return true;
    }

    /// <summary>Puts all that was staged into its place, and removes outputs of earlier builds that this one does not have.</summary>
    internal void Commit()
    {
        // Only once none of them can fail for lack of room.
        foreach ((AtomicFile staged, _) in _staged)
            staged.Flushed();

        // Each gives an older file's blocks back, which takes long for large ones.
        Task.WhenAll(_staged.Select(output => Task.Run(() => PutInPlace(output.Staged, output.Receipt)))).GetAwaiter().GetResult();

        foreach (string obsolete in _before.Where(path => !_paths.Contains(path)))
        {
            RemoveIfThere(obsolete);
            RemoveIfThere(ReceiptOf(obsolete));
            RemoveIfEmpty(Path.GetDirectoryName(obsolete)!);
        }

        List(_paths);
    }

    private void PutInPlace(AtomicFile staged, Receipt? receipt)
    {
        staged.Commit();
        if (receipt is null)
            return;
        FileSignature now = FileSignature.Of(staged.Path);
        (receipt with { Length = now.Size, ChangedAtNs = now.CtimeNs }).Write(ReceiptOf(staged.Path));
    }

    /// <summary>
    /// Outputs of the last build, as it listed them. The list begins with the folder that it was written in: in a copied or
    /// moved experiment it names what was copied along, and never the outputs of the experiment that it is a copy of.
    /// </summary>
    internal static string[] ReadList(string stateFolder)
    {
        string list = Path.Combine(stateFolder, ListName);
        string[] lines = File.Exists(list) ? File.ReadAllLines(list) : [];
        if (lines is not [string writtenIn, ..] || writtenIn == stateFolder)
            return lines is [] ? [] : lines[1..];
        string then = Path.GetDirectoryName(writtenIn) + "/", now = Path.GetDirectoryName(stateFolder) + "/";
        return [.. lines.Skip(1).Where(path => path.StartsWith(then, StringComparison.Ordinal)).Select(path => now + path[then.Length..])];
    }

    /// <summary>Removes a file, unless the user did so already, even with its folder.</summary>
    private static void RemoveIfThere(string file)
    {
        if (File.Exists(file))
            File.Delete(file);
    }

    /// <summary>Removes a folder in which nothing is left.</summary>
    internal static void RemoveIfEmpty(string folder)
    {
        if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            Directory.Delete(folder);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((AtomicFile staged, _) in _staged)
            staged.Dispose();
    }

    private void Claim(string path)
    {
        if (!_paths.Add(path))
            throw new MegatuxException(ErrorCodes.OutputTwice,
                $"Two outputs would have the same path, {path}: give HostImageDir and GuestImageDir, or the overlays, different names.");

        // Listed before they exist: a build that is killed now leaves nothing that Clean does not know.
        List(_before.Union(_paths));
        string folder = Path.GetDirectoryName(path)!;
        if (_folders.Add(folder))
            AtomicFile.RemoveLeftovers(folder);
    }

    private void List(IEnumerable<string> paths) => AtomicFile.WriteIfChanged(Path.Combine(stateFolder, ListName),
        Encoding.UTF8.GetBytes(string.Concat(paths.Order(StringComparer.Ordinal).Prepend(stateFolder).Select(path => path + "\n"))));

    private string ReceiptOf(string path) =>
        Path.Combine(stateFolder, ReceiptsFolder, Path.GetRelativePath(stateFolder, path).Replace('/', '~'));
}
