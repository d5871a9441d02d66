using System.Security.Cryptography;

namespace Megatux.Building;

/// <summary>Compares a package with what NuGet unpacked from it.</summary>
internal static class UnpackedCopy
{
    /// <summary>The folder that holds an unpacked package of the same name and version but other bytes, or null.</summary>
    /// <param name="package">Path of a package named <c>Id.Version.nupkg</c>.</param>
    /// <param name="packagesFolder">NuGet's folder of unpacked packages: <c>id/version</c>, lower-case.</param>
    public static string? StaleFor(string package, string packagesFolder)
    {
        string name = Path.GetFileNameWithoutExtension(package).ToLowerInvariant();
        // The version begins at the first part that is a number.
        string[] parts = name.Split('.');
        int start = Array.FindIndex(parts, part => char.IsAsciiDigit(part[0]));
        if (start <= 0)
            return null;
        string folder = Path.Combine(packagesFolder, string.Join('.', parts[..start]), string.Join('.', parts[start..]));
        if (!Directory.Exists(folder))
            return null;
        // NuGet leaves the digest of the package beside what it unpacked; without it the unpacking was cut short.
        string digest = Path.Combine(folder, $"{name}.nupkg.sha512");
        string now = Convert.ToBase64String(SHA512.HashData(File.ReadAllBytes(package)));
        return File.Exists(digest) && File.ReadAllText(digest).Trim() == now ? null : folder;
    }
}
