namespace Megatux.Model;

public static partial class ErrorCodes
{
    /// <summary>The machine's package manager knows no package of that name, or not that version. Correct it, or run apt-get update.</summary>
    public const string PackageUnknown = "MTX2401";

    /// <summary>A program for handling Debian packages is missing. Install the package named, or give the .deb's path.</summary>
    public const string PackageToolMissing = "MTX2402";

    /// <summary>A package could not be downloaded. Check the network and apt's sources, or put the .deb into the cache folder.</summary>
    public const string PackageDownloadFailed = "MTX2403";

    /// <summary>A file is no Debian package, or a damaged one. Remove it so that it is fetched again.</summary>
    public const string PackageDamaged = "MTX2404";

    /// <summary>A package's name or version is not of the form that Debian's have. Correct it.</summary>
    public const string PackageNameInvalid = "MTX2405";

    /// <summary>The path given for a package leads to no readable file. Correct it.</summary>
    public const string PackageFileMissing = "MTX2406";
}
