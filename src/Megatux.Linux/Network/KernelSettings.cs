using System.Text;

namespace Megatux.Linux;

/// <summary>
/// The kernel's settings under /proc/sys (sysctl). Those under net/ are of the network namespace of the calling thread.
/// </summary>
public static class KernelSettings
{
    private const string Root = "/proc/sys/";

    /// <summary>Writes a setting.</summary>
    /// <param name="path">Its path, as in "net/ipv4/ip_forward": slashes, since names of devices may hold dots.</param>
    /// <param name="value">Its value, as the kernel reads it.</param>
    /// <exception cref="ArgumentException">The path is empty, absolute, or leads out of /proc/sys.</exception>
    /// <exception cref="FileNotFoundException">The kernel has no such setting.</exception>
    /// <exception cref="DirectoryNotFoundException">The kernel has no such group of settings, as of a device that is not there.</exception>
    /// <exception cref="UnauthorizedAccessException">Only root may, or /proc/sys is mounted read-only.</exception>
    /// <exception cref="IOException">The kernel does not take the value.</exception>
    public static void Write(string path, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(value);
        if (Array.Exists(path.Split('/'), part => part is "" or "." or ".."))
            throw new ArgumentException($"'{path}' is no path below {Root}", nameof(path));
        using var file = File.OpenHandle(Root + path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        RandomAccess.Write(file, Encoding.UTF8.GetBytes(value), 0);
    }
}
