using System.Globalization;
using System.Text;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>Files of a build in a folder of their own, with their checksums.</summary>
/// <param name="folder">Full path of the folder.</param>
internal sealed class CopiedFiles(string folder)
{
    /// <summary>The file of all others' checksums, as sha256sum(1) reads them.</summary>
    internal const string Checksums = "SHA256SUMS";

    private readonly SortedDictionary<string, string> _sums = new(StringComparer.Ordinal);

    /// <summary>SHA-256 of all files by their names, in the names' order.</summary>
    internal IReadOnlyDictionary<string, string> Sums => _sums;

    /// <summary>Full path of a file that there is, or will be.</summary>
    internal string At(string name) => Path.Combine(folder, name);

    /// <summary>What a part of an image is called here: images may lie in a folder of their own (HostImageDir), and lie beside all else here.</summary>
    /// <param name="images">Full path of the folder that the image lies in.</param>
    /// <param name="source">Full path of the part.</param>
    /// <exception cref="MegatuxException">The part does not lie in that folder.</exception>
    internal static string NameOf(string images, string source) =>
        Path.GetRelativePath(images, source) is var name && !name.StartsWith("..", StringComparison.Ordinal) ? name
            : throw new MegatuxException(ErrorCodes.BuildIncomplete, $"{source} is not in {images}, where the rest of the image is: build the experiment again.");

    /// <summary>Copies a file.</summary>
    /// <returns>Its checksum.</returns>
    internal string Copy(string source, string name)
    {
        string sum = HashedFile.Copy(source, At(name));
        _sums.Add(name, sum);
        return sum;
    }

    /// <summary>Adds a file.</summary>
    internal void Add(string name, byte[] bytes) => _sums.Add(name, HashedFile.Write(At(name), bytes));

    /// <summary>Writes the checksums of all files that there are by now.</summary>
    internal void WriteSums()
    {
        var text = new StringBuilder();
        foreach ((string name, string sum) in _sums)
            text.Append(CultureInfo.InvariantCulture, $"{sum}  {name}\n");
        HashedFile.Write(At(Checksums), Encoding.UTF8.GetBytes(text.ToString()));
    }
}
