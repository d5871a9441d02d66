namespace Megatux.Linux;

/// <summary>The file system that a kernel starts with, an initramfs, which pivot_root cannot move.</summary>
internal static class FirstRoot
{
    // proc(5), /proc/PID/mountinfo: the mount point is the fifth field, and the type is the one after a lone dash.
    private const int MountPoint = 4;

    /// <summary>True if our root folder is that of the first file system.</summary>
    internal static bool IsOurs()
    {
        if (!File.Exists("/proc/self/mountinfo"))
            return false;
        bool first = false;
        foreach (string line in File.ReadLines("/proc/self/mountinfo"))
        {
            string[] fields = line.Split(' ');
            if (fields[MountPoint] == "/")
                first = fields[Array.IndexOf(fields, "-") + 1] == "rootfs";
        }

        return first;
    }
}
