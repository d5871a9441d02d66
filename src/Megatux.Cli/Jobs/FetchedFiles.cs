using System.Formats.Tar;
using Megatux.Model;
using Megatux.Xproc;

namespace Megatux.Cli;

/// <summary>
/// Files that come from nodes, each node's as a tape archive, which may hold anything: of what is in it, only what was asked for
/// comes out, and nothing of that outside the target or through a link.
/// </summary>
internal sealed class FetchedFiles(ByteOutput error, string name, bool isRecursive, bool preserves) : IJobDisplay, IDisposable
{
    private readonly DirectoryInfo _archives = Directory.CreateTempSubdirectory("megatux-cp-");
    private readonly LineDisplay _errors = new(error, error, labels: true);
    private NodeSet _nodes = NodeSet.Empty;

    /// <summary>Is told the nodes.</summary>
    internal IJobDisplay For(NodeSet nodes)
    {
        _nodes = nodes;
        return this;
    }

    /// <inheritdoc/>
    public void Take(JobRecord record)
    {
        if (record.Kind == RecordKind.Error)
            _errors.Take(record);
        if (record.Kind != RecordKind.Output)
            return;
        foreach (string node in record.Nodes.Expand())
        {
            using var archive = new FileStream(ArchiveOf(node), FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
            archive.Write(record.Bytes.Span);
        }
    }

    /// <inheritdoc/>
    public void Tick()
    {
    }

    /// <inheritdoc/>
    public void End() => _errors.End();

    /// <summary>Puts what has come where it was to come.</summary>
    /// <param name="target">A folder; for one node also the file's or folder's new name.</param>
    /// <returns>The exit code: 1 if something of a node's could not be taken.</returns>
    internal int Place(string target)
    {
        int code = 0;
        foreach (string node in _nodes.Expand().Where(node => File.Exists(ArchiveOf(node))))
        {
            try
            {
                string place = _nodes.Count > 1 ? Path.Combine(target, node, name) : Directory.Exists(target) ? Path.Combine(target, name) : target;
                Extract(ArchiveOf(node), place);
            }
            catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException or FormatException)
            {
                error.Line($"{node}: {failure.Message}");
                code = 1;
            }
        }

        error.Flush();
        return code;
    }

    /// <inheritdoc/>
    public void Dispose() => _archives.Delete(recursive: true);

    private string ArchiveOf(string node) => Path.Combine(_archives.FullName, node);

    private void Extract(string archive, string place)
    {
        var links = new List<TarEntry>();
        var folders = new List<(string Path, TarEntry Entry)>();
        using FileStream stream = File.OpenRead(archive);
        using var reader = new TarReader(stream);
        while (reader.GetNextEntry() is { } entry)
        {
            string path = PathOf(entry.Name, place);
            switch (entry.EntryType)
            {
                case TarEntryType.Directory when isRecursive:
                    Directory.CreateDirectory(path);
                    folders.Add((path, entry));
                    break;
                case TarEntryType.Directory:
                    throw new IOException($"{entry.Name.TrimEnd('/')} is a folder: copy it with all that is in it by -r");
                case TarEntryType.RegularFile or TarEntryType.V7RegularFile:
                    Write(entry, path);
                    break;
                case TarEntryType.HardLink:
                    File.Copy(PathOf(entry.LinkName, place), path, overwrite: true);
                    break;
                case TarEntryType.SymbolicLink:
                    links.Add(entry);
                    break;
                default:
                    error.Line($"{entry.Name} is a device or pipe, and left out");
                    break;
            }
        }

        // Last, so that nothing is written through them, nor one of them through another; folders' own after what changes their times.
        foreach (TarEntry link in links)
        {
            string path = PathOf(link.Name, place);
            File.Delete(path);
            File.CreateSymbolicLink(path, link.LinkName);
        }

        foreach ((string path, TarEntry entry) in folders.AsEnumerable().Reverse())
            Keep(entry, path);
    }

    private string PathOf(string inside, string place)
    {
        string[] parts = inside.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (inside.StartsWith('/') || parts is [] || parts[0] != name || parts.Contains("..") || parts.Contains("."))
            throw new InvalidDataException($"the node sent '{inside}', which nobody asked for");
        string path = place;
        foreach (string part in parts[1..])
        {
            if (new DirectoryInfo(path).LinkTarget is not null)
                throw new IOException($"{path} is a link, and nothing is written through it");
            path = Path.Combine(path, part);
        }

        return path;
    }

    private void Write(TarEntry entry, string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);
        File.Delete(path);
        using (FileStream file = File.Create(path))
            entry.DataStream?.CopyTo(file);
        Keep(entry, path);
    }

    private void Keep(TarEntry entry, string path)
    {
        const UnixFileMode permissions = (UnixFileMode)0x1FF, all = (UnixFileMode)0xFFF;
        File.SetUnixFileMode(path, entry.Mode & (preserves ? all : permissions));
        if (!preserves)
            return;
        if (Environment.IsPrivilegedProcess)
            Linux.FileNodes.ChangeOwner(path, (uint)entry.Uid, (uint)entry.Gid);
        File.SetLastWriteTimeUtc(path, entry.ModificationTime.UtcDateTime);
        if (Environment.IsPrivilegedProcess)
            File.SetUnixFileMode(path, entry.Mode & all);
    }
}
