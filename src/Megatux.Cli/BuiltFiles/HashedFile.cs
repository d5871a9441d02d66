using System.Security.Cryptography;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>Files of a build, put elsewhere, with their SHA-256 in hexadecimal.</summary>
internal static class HashedFile
{
    private const int BufferLength = 1 << 20;

    /// <summary>Writes a new file.</summary>
    /// <returns>The digest of what was written, which is on the disk by then.</returns>
    internal static string Write(string path, byte[] bytes)
    {
        using FileStream target = new(path, FileMode.CreateNew, FileAccess.Write);
        target.Write(bytes);
        target.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    /// <summary>Copies a file to a new one, whose folder is made.</summary>
    /// <returns>The digest of what was copied, which is on the disk by then.</returns>
    /// <exception cref="MegatuxException">The file is not there or cannot be read.</exception>
    internal static string Copy(string from, string to)
    {
        using FileStream source = Read(from, File.OpenRead);
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        using FileStream target = new(to, FileMode.CreateNew, FileAccess.Write);
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[BufferLength];
        for (int length; (length = source.Read(buffer)) > 0;)
        {
            sum.AppendData(buffer.AsSpan(0, length));
            target.Write(buffer.AsSpan(0, length));
        }

        target.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(sum.GetCurrentHash());
    }

    /// <summary>Reads a file of a build.</summary>
    /// <exception cref="MegatuxException">The file is not there or cannot be read.</exception>
    internal static T Read<T>(string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new MegatuxException(ErrorCodes.BootFileMissing, $"{path} is not there: build the experiment again.", inner: missing);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new MegatuxException(ErrorCodes.InputUnreadable, $"{path} cannot be read: give yourself access to it.", inner: refused);
        }
    }
}
