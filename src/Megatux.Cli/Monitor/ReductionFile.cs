using Megatux.Model;

namespace Megatux.Cli;

/// <summary>A reduction as a person keeps it: a file named after it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">Its program.</param>
internal sealed record ReductionFile(string Name, string Text)
{
    /// <summary>Far more than a root takes.</summary>
    private const long MostBytes = 1 << 20;

    /// <summary>Reads it.</summary>
    /// <exception cref="MegatuxException">It cannot be read.</exception>
    internal static ReductionFile Read(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MostBytes } large)
                throw new MegatuxException(ErrorCodes.ReductionUnreadable, $"{path} has {large.Length} bytes, and a reduction's program {MostBytes} at most: name another file.");
            return new ReductionFile(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new MegatuxException(ErrorCodes.ReductionUnreadable, $"{path} cannot be read ({unreadable.Message}): name a file with a reduction's program.", inner: unreadable);
        }
    }
}
