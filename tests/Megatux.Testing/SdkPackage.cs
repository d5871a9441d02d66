using System.Security.Cryptography;

namespace Megatux.Testing;

/// <summary>
/// The SDK as it is packed, and where tests unpack it: once for each content, inside the checkout, so that neither another
/// checkout nor an earlier package of the same version is ever taken for it.
/// </summary>
public static class SdkPackage
{
    private const int KeyLength = 16;

    private static readonly TimeSpan Unused = TimeSpan.FromHours(6);
    private static readonly Lazy<string> Unpacked = new(PrepareFolder);

    /// <summary>The folder feed that holds the package.</summary>
    public static string Feed => Repository.At("artifacts/packages");

    /// <summary>NuGet's folder of unpacked packages for experiments of tests.</summary>
    public static string UnpackedFolder => Unpacked.Value;

    /// <summary>The package, packed now if nobody did before.</summary>
    private static string File()
    {
        if (Find() is { } packed)
            return packed;
        Command.Run("dotnet", ["pack", Repository.At("Megatux.Sdk"), "-c", "Release", "-v", "q", "-nologo", "-nodeReuse:false"],
            deadline: TimeSpan.FromMinutes(5)).Succeeded();
        return Find() ?? throw new InvalidOperationException($"{Feed} holds no package, though dotnet pack succeeded.");
    }

    private static string? Find() =>
        Directory.Exists(Feed) ? Directory.GetFiles(Feed, "Megatux.Sdk.*.nupkg").OrderByDescending(System.IO.File.GetLastWriteTimeUtc).FirstOrDefault() : null;

    private static string PrepareFolder()
    {
        string key = Convert.ToHexStringLower(SHA256.HashData(System.IO.File.ReadAllBytes(File())))[..KeyLength];
        string all = Repository.At("artifacts/nuget-tests");
        string folder = Path.Combine(all, key);
        Directory.CreateDirectory(folder);
        Directory.SetLastWriteTimeUtc(folder, DateTime.UtcNow);

        // Others may be running with a package of their own just now.
        foreach (DirectoryInfo old in new DirectoryInfo(all).GetDirectories().Where(old => old.LastWriteTimeUtc < DateTime.UtcNow - Unused))
            old.Delete(recursive: true);
        return folder;
    }
}
