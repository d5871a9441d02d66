using System.Runtime.InteropServices;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>A kernel on this machine.</summary>
/// <param name="Path">The kernel's file.</param>
/// <param name="Version">Its version, as uname -r will give it.</param>
/// <param name="ModulesFolder">Where its modules belong; the folder may be missing if the kernel needs none.</param>
public sealed record KernelImage(string Path, string Version, string ModulesFolder);

/// <summary>Finds kernels where Debian's packages put them.</summary>
/// <param name="root">Folder that stands for this machine's root.</param>
public sealed class KernelCatalog(string root = "/")
{
    private const string HostPrefix = "vmlinuz-";
    private const string UmlPath = "usr/bin/linux.uml";

    private static readonly string HostPackage = RuntimeInformation.OSArchitecture == Architecture.Arm64
        ? "linux-image-cloud-arm64"
        : "linux-image-cloud-amd64";

    /// <summary>
    /// A kernel for hosts and full machines: /boot/vmlinuz-VERSION with /lib/modules/VERSION. The newest one unless
    /// <paramref name="version"/> says which.
    /// </summary>
    /// <exception cref="MegatuxException">There is none, or not that version.</exception>
    public KernelImage FindHost(string? version = null)
    {
        string boot = Path.Combine(root, "boot");
        List<string> versions = [];
        if (Directory.Exists(boot))
            foreach (string file in Directory.EnumerateFiles(boot, HostPrefix + "*"))
                if (!file.EndsWith(".old", StringComparison.Ordinal))
                    versions.Add(Path.GetFileName(file)[HostPrefix.Length..]);
        versions.Sort(VersionOrder.Instance);
        if (versions.Count == 0)
        {
            throw new MegatuxException(ErrorCodes.KernelMissing,
                $"No kernel lies at {boot}/{HostPrefix}VERSION. Install one (apt-get install {HostPackage}), or give its path.");
        }

        if (version is not null && !versions.Contains(version))
        {
            throw new MegatuxException(ErrorCodes.KernelMissing,
                $"No kernel {version} lies in {boot}; there is {string.Join(", ", versions)}. "
                + $"Name one of these or install linux-image-{version} (apt-get install linux-image-{version}).");
        }

        string chosen = version ?? versions[^1];
        return new KernelImage(Path.Combine(boot, HostPrefix + chosen), chosen, HostModules(chosen));
    }

    /// <summary>The kernel that runs as a program: /usr/bin/linux.uml with /usr/lib/uml/modules/VERSION.</summary>
    /// <exception cref="MegatuxException">It is not there.</exception>
    public KernelImage FindUml()
    {
        string path = Path.Combine(root, UmlPath);
        return File.Exists(path) ? OpenUml(path) : throw new MegatuxException(ErrorCodes.KernelMissing,
            $"The user-mode kernel {path} is not there. Install it (apt-get install user-mode-linux), or give its path.");
    }

    /// <summary>A kernel file for hosts and full machines: its version is read from the file, so that its modules are found.</summary>
    /// <exception cref="MegatuxException">The file is missing or is no kernel.</exception>
    public KernelImage OpenHost(string path)
    {
        string version = ReadVersion(path, $"apt-get install {HostPackage}");
        return new KernelImage(path, version, HostModules(version));
    }

    /// <summary>A user-mode kernel's file.</summary>
    /// <exception cref="MegatuxException">The file is missing or is no kernel.</exception>
    public KernelImage OpenUml(string path)
    {
        string version = ReadVersion(path, "apt-get install user-mode-linux");
        return new KernelImage(path, version, Path.Combine(root, "usr/lib/uml/modules", version));
    }

    private static string ReadVersion(string path, string install)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return File.Exists(path) ? KernelVersion.Read(path) : throw new MegatuxException(ErrorCodes.KernelMissing,
            $"The kernel {path} is not there. Correct the path, or leave it out to use the packaged kernel ({install}).");
    }

    private string HostModules(string version) => Path.Combine(root, "lib/modules", version);
}
