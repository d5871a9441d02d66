using System.Globalization;

namespace Megatux.Imaging;

/// <summary>Guesses package names by Debian's rules, so that an error can say what to install without asking the network.</summary>
internal static class DebianNames
{
    /// <summary>
    /// The package that a library of this soname is in by Debian Policy 8.1 (libz.so.1: libz1, libglib-2.0.so.0:
    /// libglib-2.0-0), or null if the name has no version.
    /// </summary>
    public static string? OfLibrary(string soName)
    {
        string name = soName[(soName.LastIndexOf('/') + 1)..];
        string stem, version;
        if (name.IndexOf(".so.", StringComparison.Ordinal) is > 0 and var cut)
            (stem, version) = (name[..cut], name[(cut + 4)..]);
        else if (name.EndsWith(".so", StringComparison.Ordinal) && name.LastIndexOf('-') is > 0 and var dash)
            (stem, version) = (name[..dash], name[(dash + 1)..^3]);
        else
            return null;
        if (version.Length == 0 || !char.IsAsciiDigit(version[0]))
            return null;
        if (stem is "ld-linux-x86-64" or "ld-linux" or "ld-linux-aarch64" or "ld-linux-armhf" or "libm" or "libpthread" or "libdl" or "librt" or "libresolv")
            return "libc6";
        if (stem.StartsWith("ld-musl-", StringComparison.Ordinal) || stem.StartsWith("libc.musl-", StringComparison.Ordinal))
            return "musl";
        string joint = char.IsAsciiDigit(stem[^1]) ? "-" : "";
        return (stem + joint + version).ToLower(CultureInfo.InvariantCulture).Replace('_', '-');
    }

    /// <summary>End of an error's sentence that says what to install.</summary>
    public static string Advice(string soName) => OfLibrary(soName) is { } package
        ? $"Install it (by its name, Debian's package {package}: apt-get install {package})"
        : "Install the package that holds it";
}
