namespace Megatux.HostAgent;

/// <summary>
/// The end of what a machine has written to its console, in a file: what a guest writes is unbounded, what is kept is not.
/// </summary>
internal sealed class ConsoleLog(string path) : IDisposable
{
    /// <summary>Half of what is kept at most, in bytes.</summary>
    internal const int HalfLength = 32 << 10;

    private const string OlderExtension = ".1";

    private readonly Lock _access = new();
    private FileStream? _file;

    /// <summary>Is told of what is written, as it is, until it returns false; null when nobody listens.</summary>
    internal Func<ReadOnlyMemory<byte>, bool>? Listener { get; set; }

    /// <summary>Takes what the machine wrote.</summary>
    internal void Append(ReadOnlyMemory<byte> bytes)
    {
        lock (_access)
        {
            _file ??= Open(FileMode.Append);
            if (_file.Length + bytes.Length > HalfLength)
            {
                _file.Dispose();
                File.Move(path, path + OlderExtension, overwrite: true);
                _file = Open(FileMode.Create);
            }

            _file.Write(bytes.Span);
            _file.Flush();
            if (Listener?.Invoke(bytes) == false)
                Listener = null;
        }
    }

    /// <summary>What is kept, the oldest first.</summary>
    internal byte[] Read()
    {
        lock (_access)
            return [.. ReadPart(path + OlderExtension), .. ReadPart(path)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_access)
            _file?.Dispose();
    }

    private FileStream Open(FileMode mode) => new(path, mode, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    private static byte[] ReadPart(string path)
    {
        if (!File.Exists(path))
            return [];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[file.Length];
        int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return bytes[..length];
    }
}
