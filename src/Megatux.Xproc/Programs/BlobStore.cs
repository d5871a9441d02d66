using System.Security.Cryptography;

namespace Megatux.Xproc;

/// <summary>
/// Bytes as files of a folder, each named by its digest, which nobody changes once it is whole. Of those that nobody asked for
/// lately, the oldest go when there are too many.
/// </summary>
public sealed class BlobStore : IBlobStore, IDisposable
{
    private const string Unfinished = ".part";

    private const UnixFileMode OwnFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _folder;
    private readonly long _mostBytes;
    private readonly Dictionary<BlobId, Part> _parts = [];

    /// <summary>What is whole, and when it was asked for last.</summary>
    private readonly Dictionary<BlobId, (long Length, long Used)> _whole = [];
    private long _bytes, _uses;

    /// <param name="folder">Full path of the folder, which is made if it is not there. What an earlier process had begun in it goes.</param>
    /// <param name="mostBytes">The most bytes that are kept.</param>
    /// <exception cref="IOException">It cannot be made or read.</exception>
    public BlobStore(string folder, long mostBytes)
    {
        ArgumentNullException.ThrowIfNull(folder);
        (_folder, _mostBytes) = (folder, mostBytes);
        Directory.CreateDirectory(folder, OwnFolder);
        foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles().OrderBy(file => file.LastWriteTimeUtc))
        {
            if (TryParse(file.Name) is { } id)
                Keep(id, file.Length);
            else
                file.Delete();
        }
    }

    /// <summary>The files of a folder that a bundle consists of: archives, one over the other.</summary>
    /// <exception cref="IOException">It is not there.</exception>
    public static IReadOnlyList<string> FilesOf(string folder, BlobId bundle)
    {
        Bundle? list = Bundle.Read(Guarded(() => File.ReadAllBytes(PathOf(folder, bundle))));
        return list is null ? throw new IOException($"{bundle} is no program") : [.. list.Parts.Select(part => PathOf(folder, part.Id))];
    }

    /// <inheritdoc/>
    public long? LengthOf(BlobId id)
    {
        if (!_whole.TryGetValue(id, out (long Length, long Used) known))
            return null;
        _whole[id] = (known.Length, ++_uses);
        return known.Length;
    }

    /// <inheritdoc/>
    public void Begin(BlobId id, long length)
    {
        Drop(id);
        if (length < 0 || length > _mostBytes)
            throw new IOException($"a file of the program has {length} bytes, and {_mostBytes} are kept at most");
        MakeRoom(length);
        _parts.Add(id, new Part(Guarded(() => new FileStream(PathOf(_folder, id) + Unfinished, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0))));
    }

    /// <inheritdoc/>
    public void Append(BlobId id, ReadOnlySpan<byte> bytes)
    {
        Part part = _parts[id];
        part.Digest.AppendData(bytes);
        try
        {
            part.File.Seek(0, SeekOrigin.End);
            part.File.Write(bytes);
        }
        catch (IOException refused)
        {
            throw NoRoom(refused);
        }
    }

    /// <inheritdoc/>
    public bool Finish(BlobId id)
    {
        Part part = _parts[id];
        if (BlobId.Of(part.Digest.GetHashAndReset()) != id)
        {
            Drop(id);
            return false;
        }

        long length = part.File.Length;
        part.Dispose();
        _parts.Remove(id);
        File.Move(PathOf(_folder, id) + Unfinished, PathOf(_folder, id), overwrite: true);
        Keep(id, length);
        return true;
    }

    /// <inheritdoc/>
    public void Drop(BlobId id)
    {
        if (!_parts.Remove(id, out Part? part))
            return;
        part.Dispose();
        File.Delete(PathOf(_folder, id) + Unfinished);
    }

    /// <inheritdoc/>
    public int Read(BlobId id, long offset, Span<byte> buffer)
    {
        if (_parts.TryGetValue(id, out Part? part))
            return RandomAccess.Read(part.File.SafeFileHandle, buffer, offset);
        using Microsoft.Win32.SafeHandles.SafeFileHandle file = Guarded(() => File.OpenHandle(PathOf(_folder, id)));
        return RandomAccess.Read(file, buffer, offset);
    }

    /// <summary>How many bytes have come of what was begun; null if nothing was.</summary>
    internal long? Received(BlobId id) => _parts.TryGetValue(id, out Part? part) ? part.File.Length : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (BlobId id in _parts.Keys.ToArray())
            Drop(id);
    }

    private static string PathOf(string folder, BlobId id) => Path.Combine(folder, id.ToString());

    private void Keep(BlobId id, long length)
    {
        _whole[id] = (length, ++_uses);
        _bytes += length;
    }

    private void MakeRoom(long length)
    {
        while (_bytes + length > _mostBytes && _whole.Count > 0)
        {
            BlobId oldest = _whole.MinBy(known => known.Value.Used).Key;
            _whole.Remove(oldest, out (long Length, long) gone);
            _bytes -= gone.Length;
            File.Delete(PathOf(_folder, oldest));
        }
    }

    private static T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new IOException(refused.Message, refused);
        }
    }

    private IOException NoRoom(IOException refused) => new($"no room for the program in {_folder}: {refused.Message}", refused);

    private static BlobId? TryParse(string name) =>
        name.Length == 2 * BlobId.Length && name.All(char.IsAsciiHexDigitLower) ? BlobId.Of(Convert.FromHexString(name)) : null;

    private sealed record Part(FileStream File) : IDisposable
    {
        internal IncrementalHash Digest { get; } = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public void Dispose()
        {
            File.Dispose();
            Digest.Dispose();
        }
    }
}
