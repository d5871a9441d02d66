using System.Security.Cryptography;
using System.Text;

namespace Megatux.Building;

/// <summary>A digest of files' names and contents, which times that a checkout gives them do not change.</summary>
internal static class Fingerprint
{
    /// <summary>The digest of files and folders (with all below them, but for what was built there) of a root folder.</summary>
    public static string Of(string root, IEnumerable<string> inputs)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in inputs.SelectMany(input => Files(Path.Combine(root, input))).Order(StringComparer.Ordinal))
        {
            byte[] content = File.ReadAllBytes(file);
            digest.AppendData(Encoding.UTF8.GetBytes($"{Path.GetRelativePath(root, file)}\0{content.Length}\0"));
            digest.AppendData(content);
        }
        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }

    private static IEnumerable<string> Files(string path)
    {
        if (File.Exists(path))
            return [path];
        return !Directory.Exists(path) ? [] : Directory.EnumerateFiles(path)
            .Concat(Directory.EnumerateDirectories(path).Where(folder => Path.GetFileName(folder) is not ("bin" or "obj")).SelectMany(Files));
    }
}
