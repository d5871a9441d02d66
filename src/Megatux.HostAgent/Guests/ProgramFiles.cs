using Megatux.Imaging;
using Megatux.Xproc;

namespace Megatux.HostAgent;

/// <summary>
/// Programs that have travelled to this host, unpacked once for all of its nodes: as folders for containers and the host
/// itself, as file systems for machines. Of those that nobody asked for lately, the oldest go.
/// </summary>
/// <param name="folder">Full path of the folder for them.</param>
internal sealed class ProgramFiles(string folder)
{
    /// <summary>Where the tree's daemon of a host keeps what has come.</summary>
    internal const string Kept = Host.StateFolder + "/blobs";

    /// <summary>The most bytes that it keeps: on a host that has booted from the network, they are its memory.</summary>
    internal const long MostKept = 1L << 30;

    /// <summary>How many are unpacked at once.</summary>
    private const int MostUnpacked = 32;

    // Who may not list the folder cannot find what is for others: digests cannot be guessed.
    private const UnixFileMode Unlisted = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly Dictionary<string, long> _unpacked = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private long _uses;

    /// <summary>Full path of the folder that a program was unpacked to.</summary>
    internal string FolderOf(BlobId bundle) => Once(bundle.ToString(), bundle, (parts, path) => ImageExtraction.Run(parts, path));

    /// <summary>Full path of a file system that holds a program.</summary>
    internal string FileSystemOf(BlobId bundle) => Once($"{bundle}.img", bundle, (parts, path) => FileSystemImage.Write(parts, path, freeBytes: 0));

    private string Once(string name, BlobId bundle, Action<IReadOnlyList<string>, string> make)
    {
        string path = Path.Combine(folder, name);
        lock (_lock)
        {
            if (!_unpacked.ContainsKey(path))
            {
                Directory.CreateDirectory(folder, Unlisted);
                MakeRoom();
                try
                {
                    make(BlobStore.FilesOf(Kept, bundle), path);
                }
                catch
                {
                    Delete(path);
                    throw;
                }
            }

            _unpacked[path] = ++_uses;
        }

        return path;
    }

    // Whoever has a file open goes on reading it.
    private void MakeRoom()
    {
        while (_unpacked.Count >= MostUnpacked)
        {
            string oldest = _unpacked.MinBy(known => known.Value).Key;
            _unpacked.Remove(oldest);
            Delete(oldest);
        }
    }

    private static void Delete(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        else
            File.Delete(path);
    }
}
