using System.Text.RegularExpressions;
using Megatux.Model;

namespace Megatux.Imaging;

public sealed partial class DebianPackages
{
    // Debian Policy 5.6.1 and 5.6.12. A dash at the start would be an option to apt.
    [GeneratedRegex(@"^[a-z0-9][a-z0-9+.\-]+\z")]
    private static partial Regex NameForm { get; }

    [GeneratedRegex(@"^[0-9A-Za-z][0-9A-Za-z.+:~\-]*\z")]
    private static partial Regex VersionForm { get; }

    /// <summary>
    /// Path of a package's .deb file: one kept in the cache folder if name and version match (of several, the highest
    /// version), else downloaded by apt, which verifies it.
    /// </summary>
    /// <param name="package">The package's name.</param>
    /// <param name="version">The exact version wanted, or null for the one kept, or else the one that apt would install.</param>
    /// <param name="cancellation">Stops the download.</param>
    /// <exception cref="MegatuxException">One of MTX2401, MTX2402, MTX2403, MTX2405.</exception>
    public string Fetch(string package, string? version, CancellationToken cancellation)
    {
        if (!NameForm.IsMatch(package ?? throw new ArgumentNullException(nameof(package))))
            throw new MegatuxException(ErrorCodes.PackageNameInvalid, $"\"{ArchiveErrors.Show(package)}\" is no package's name: two or more of a-z, 0-9, '+', '-' and '.' are expected.", _subject);
        if (version is not null && !VersionForm.IsMatch(version))
            throw new MegatuxException(ErrorCodes.PackageNameInvalid, $"\"{ArchiveErrors.Show(version)}\" is no package's version, such as 1:2.10-3+deb12u1.", _subject);

        return Kept(package, version, cancellation) ?? Download(package, version, cancellation);
    }

    private string? Kept(string package, string? version, CancellationToken cancellation)
    {
        if (!Directory.Exists(_cacheFolder))
            return null;

        string? best = null, bestVersion = null;
        foreach (string path in Directory.EnumerateFiles(_cacheFolder, $"{package}_*.deb"))
        {
            // name_version_architecture.deb, where a colon of the version is written %3a.
            if (Path.GetFileNameWithoutExtension(path).Split('_') is not [_, var written, var builtFor])
                continue;
            string found = written.Replace("%3a", ":", StringComparison.OrdinalIgnoreCase);
            if (version is not null && found != version)
                continue;
            if (builtFor != "all" && builtFor != Architecture(cancellation))
                continue;
            if (bestVersion is null || IsNewer(found, bestVersion, cancellation))
                (best, bestVersion) = (path, found);
        }

        return best;
    }

    private bool IsNewer(string version, string other, CancellationToken cancellation) =>
        Guard("dpkg", program => Tool.Run(program, ["--compare-versions", version, "gt", other], folder: null, LocalDeadline, cancellation)).ExitCode == 0;

    // One run of apt-get for all costs a second where one for each would cost a second each. What goes wrong is found
    // out when a package is fetched by itself.
    private void Prefetch(List<string> packages, CancellationToken cancellation)
    {
        List<string> wanted = packages.FindAll(p => NameForm.IsMatch(p) && Kept(p, version: null, cancellation) is null && KnownNames(cancellation).Contains(p));
        if (wanted.Count > 1)
            Download(wanted, cancellation, out _);
    }

    private string Download(string package, string? version, CancellationToken cancellation)
    {
        string wanted = version is null ? package : $"{package}={version}";
        List<string> kept = Download([wanted], cancellation, out ToolResult ended);
        if (ended.ExitCode != 0)
            throw Refused(package, version, ended, cancellation);
        return kept is [var file]
            ? file
            : throw new MegatuxException(ErrorCodes.PackageDownloadFailed, $"apt-get download {wanted} left no .deb file. {ended.Error.Trim()}", _subject);
    }

    private List<string> Download(List<string> wanted, CancellationToken cancellation, out ToolResult ended)
    {
        string folder = Path.Combine(_cacheFolder, $".fetch-{Guid.NewGuid():N}");
        var kept = new List<string>();
        try
        {
            // Into a folder of its own, so that a killed or parallel build never leaves half a file in the cache.
            Directory.CreateDirectory(folder);
            ended = Guard("apt-get", program => Tool.Run(program,
                ["-q", "-o", "APT::Sandbox::User=root", "-o", "Acquire::Retries=2", "-o", "Acquire::http::Timeout=30", "download", .. wanted],
                folder, DownloadDeadline, cancellation));
            foreach (string file in ended.ExitCode == 0 ? Directory.GetFiles(folder, "*.deb") : [])
            {
                kept.Add(Path.Combine(_cacheFolder, Path.GetFileName(file)));
                File.Move(file, kept[^1], overwrite: true);
            }

            return kept;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MegatuxException(ErrorCodes.PackageDownloadFailed, $"{_cacheFolder}: packages cannot be kept there: {failure.Message}", _subject, inner: failure);
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    // What apt-get says in the C locale (apt-pkg/cacheset.cc, apt-private/private-cacheset.cc).
    private MegatuxException Refused(string package, string? version, ToolResult ended, CancellationToken cancellation)
    {
        string said = ended.Error;
        if (said.Contains("Unable to locate package", StringComparison.Ordinal) || said.Contains("has no candidate", StringComparison.Ordinal))
        {
            string hint = NearestName.Of(package, KnownNames(cancellation)) is { } near ? $" Did you mean {near}?" : "";
            return new MegatuxException(ErrorCodes.PackageUnknown,
                $"apt knows no package \"{package}\" that can be downloaded.{hint} If its list of packages is old or empty, run apt-get update.", _subject);
        }

        if (said.Contains("was not found", StringComparison.Ordinal) && version is not null)
        {
            string[] versions = VersionsOf(package, cancellation);
            string known = versions.Length == 0 ? "" : $" It knows {string.Join(", ", versions)}.";
            return new MegatuxException(ErrorCodes.PackageUnknown,
                $"apt knows no version {version} of package {package}.{known} Correct the version, run apt-get update, or put the .deb into {_cacheFolder}.", _subject);
        }

        return new MegatuxException(ErrorCodes.PackageDownloadFailed,
            $"package {package} could not be downloaded: {ArchiveErrors.Show(said.Trim())} Check the network, run apt-get update, or put the .deb into {_cacheFolder}.", _subject);
    }

    private string[] VersionsOf(string package, CancellationToken cancellation) =>
        [.. Fields(Guard("apt-cache", program => Tool.Run(program, ["show", package], folder: null, LocalDeadline, cancellation)).Output, "Version")];
}
