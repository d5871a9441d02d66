namespace Megatux.Cli;

/// <summary>A Debian package of this machine.</summary>
/// <param name="Distribution">Whose it is, as os-release(5) calls it: <c>debian</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version, with epoch and revision.</param>
/// <param name="Architecture">What it is built for, or <c>all</c>.</param>
internal sealed record InstalledPackage(string Distribution, string Name, string Version, string Architecture)
{
    /// <summary>The package's URL: https://github.com/package-url/purl-spec, type deb.</summary>
    internal string Purl => $"pkg:deb/{Escape(Distribution)}/{Escape(Name)}@{Escape(Version)}?arch={Escape(Architecture)}";

    private static string Escape(string text) => Uri.EscapeDataString(text).Replace("%3A", ":", StringComparison.Ordinal);
}
