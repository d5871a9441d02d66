using Megatux.Model;

namespace Megatux.Cli;

/// <summary>
/// Which Debian packages files come from, by evidence: dpkg says that a package has a file of the same path and the same MD5. What
/// dpkg knows is read line by line, and only what is asked for is kept.
/// </summary>
internal sealed class InstalledPackages
{
    private const string Ending = ".md5sums", UsuallyDebian = "debian";

    // MD5 in hexadecimal, and two spaces.
    private const int SumLength = 34;

    private static readonly string[] Merged = ["bin/", "sbin/", "lib"];

    private readonly Dictionary<string, string> _owners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, InstalledPackage> _packages = new(StringComparer.Ordinal);

    /// <summary>Looks for the packages of files.</summary>
    /// <param name="dpkg">dpkg's folder, /var/lib/dpkg; none is known where there is no such folder.</param>
    /// <param name="files">The files.</param>
    /// <exception cref="MegatuxException">dpkg's folder cannot be read.</exception>
    internal static InstalledPackages Look(string dpkg, IEnumerable<ImageFile> files)
    {
        var packages = new InstalledPackages();
        string info = Path.Combine(dpkg, "info");
        if (!Directory.Exists(info))
            return packages;
        HashSet<string> wanted = [.. files.Select(file => KeyOf(file.Md5, file.Path))];
        foreach (string sums in Directory.EnumerateFiles(info, "*" + Ending).Order(StringComparer.Ordinal))
            foreach (string line in HashedFile.Read(sums, File.ReadLines))
                if (line.Length > SumLength && KeyOf(line[..32], line[SumLength..]) is var key && wanted.Contains(key))
                    packages._owners.TryAdd(key, Path.GetFileName(sums)[..^Ending.Length]);
        packages.ReadStatus(Path.Combine(dpkg, "status"));
        return packages;
    }

    /// <summary>The package that a file comes from; null if that is not known.</summary>
    internal InstalledPackage? Of(ImageFile file) =>
        _owners.TryGetValue(KeyOf(file.Md5, file.Path), out string? owner) ? _packages.GetValueOrDefault(owner) : null;

    // Debian 12 has /bin for /usr/bin: of a file that lies in one of them, dpkg may say that it lies in the other.
    private static string KeyOf(string md5, string path)
    {
        const string usr = "usr/";
        bool isMerged = path.StartsWith(usr, StringComparison.Ordinal) && Merged.Any(folder => path.AsSpan(usr.Length).StartsWith(folder, StringComparison.Ordinal));
        return $"{md5} {(isMerged ? path[usr.Length..] : path)}";
    }

    private void ReadStatus(string path)
    {
        HashSet<string> owners = [.. _owners.Values];
        string distribution = Distribution(), name = "", version = "", architecture = "";
        foreach (string line in HashedFile.Read(path, File.ReadLines))
        {
            if (Value(line, "Package: ") is { } newName)
                (name, version, architecture) = (newName, "", "");
            version = Value(line, "Version: ") ?? version;
            architecture = Value(line, "Architecture: ") ?? architecture;
            if (line.Length > 0)
                continue;
            Keep();
        }

        Keep();

        void Keep()
        {
            // Where several architectures of a package may be installed, dpkg's files have its name with the architecture.
            foreach (string owner in (string[])[name, $"{name}:{architecture}"])
                if (owners.Contains(owner) && version.Length > 0)
                    _packages[owner] = new InstalledPackage(distribution, name, version, architecture);
        }
    }

    private static string Distribution()
    {
        const string release = "/etc/os-release";
        return File.Exists(release) && File.ReadLines(release).Select(line => Value(line, "ID=")).FirstOrDefault(id => id is not null) is { Length: > 0 } id
            ? id.Trim('"') : UsuallyDebian;
    }

    private static string? Value(string line, string field) => line.StartsWith(field, StringComparison.Ordinal) ? line[field.Length..] : null;
}
