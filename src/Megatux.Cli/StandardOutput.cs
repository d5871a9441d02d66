using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Megatux.Cli;

/// <summary>
/// Standard output that fails when its reader has gone. The console drops what it can no longer write, so
/// <c>megatux nodes expand ... | head</c> would go on for all the nodes of the set.
/// </summary>
internal static class StandardOutput
{
    private const int Descriptor = 1;

    private static TextWriter? _opened;
    private static Stream? _bytes;

    /// <summary>A writer for pipes and terminals; the console's for files, whose place other programs share.</summary>
    internal static TextWriter Open()
    {
        var stream = new FileStream(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        _bytes = stream.CanSeek ? Console.OpenStandardOutput() : stream;
        return _opened = stream.CanSeek ? Console.Out : new StreamWriter(stream, new UTF8Encoding(false)) { AutoFlush = true };
    }

    /// <summary>What takes the bytes of a writer that <see cref="Open"/> gave; null for another.</summary>
    internal static Stream? Bytes(TextWriter output) => ReferenceEquals(output, _opened) ? _bytes : null;

    /// <summary>True for what <see cref="Open"/> gave, when that is a terminal.</summary>
    internal static bool IsTerminal(TextWriter output) => ReferenceEquals(output, _opened) && !Console.IsOutputRedirected;
}
