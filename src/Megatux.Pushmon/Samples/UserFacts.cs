using System.Buffers;
using System.Text;
using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>
/// What scripts of a node have to say: each writes an S-expression to a file of its own. What is none, or too long, is said as an
/// error in its place.
/// </summary>
/// <param name="folder">The folder of the files.</param>
internal sealed class UserFacts(string folder)
{
    /// <summary>Where a node's scripts write: <c>echo '(queue 17)' >/run/megatux/mon/mail</c>.</summary>
    internal const string Folder = "/run/megatux/mon";

    /// <summary>The most files, by their names, and the most bytes of one of them.</summary>
    private const int MostFiles = 16, MostBytes = 256;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");
    private static readonly SexpLimits Limits = new() { MaxDepth = 16, MaxTokenBytes = MostBytes, MaxMessageBytes = MostBytes };

    private readonly byte[] _bytes = new byte[MostBytes + 1];

    /// <summary>Writes what there is, where there is something.</summary>
    internal void Write(IBufferWriter<byte> data)
    {
        if (!Directory.Exists(folder))
            return;
        string[] names = [.. Names()];
        if (names.Length == 0)
            return;
        data.Write(" (user"u8);
        foreach (string name in names)
        {
            data.Write(Encoding.ASCII.GetBytes($" ({name} "));
            data.Write(Read(Path.Combine(folder, name)).ToUtf8());
            data.Write(")"u8);
        }

        data.Write(")"u8);
    }

    private IEnumerable<string> Names()
    {
        try
        {
            return Directory.GetFiles(folder).Select(path => Path.GetFileName(path)!)
                .Where(name => char.IsAsciiLetter(name[0]) && !name.AsSpan().ContainsAnyExcept(NameCharacters)).Order(StringComparer.Ordinal).Take(MostFiles);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private Datum Read(string path)
    {
        try
        {
            // A pipe, which has no length, would hold the node up until somebody writes to it.
            if (new FileInfo(path) is not { Exists: true, Length: > 0 })
                return Error("it is empty, or no file");
            using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(path);
            int read = RandomAccess.Read(file, _bytes, 0);
            return read > MostBytes ? Error($"more than {MostBytes} bytes") : Datum.Parse(_bytes.AsSpan(0, read), Limits);
        }
        catch (SexpException garbage)
        {
            return Error(garbage.Message);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return Error("it cannot be read");
        }
    }

    private static Datum Error(string text) => Datum.List(Datum.Atom("error"), Datum.String(text));
}
