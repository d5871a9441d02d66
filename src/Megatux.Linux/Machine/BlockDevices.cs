namespace Megatux.Linux;

/// <summary>Block devices of this machine.</summary>
public static class BlockDevices
{
    /// <summary>What stands before a serial number where a device is named by that: which path it gets is its kernel's choice.</summary>
    public const string SerialPrefix = "serial:";

    private const string Folder = "/sys/block", SerialFile = "serial";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>The path of the device with a serial number, which may have been plugged in a moment ago.</summary>
    /// <param name="serial">The number.</param>
    /// <param name="limit">How long to wait for it.</param>
    /// <exception cref="IOException">There is none.</exception>
    public static string BySerial(string serial, TimeSpan limit)
    {
        for (long until = Environment.TickCount64 + (long)limit.TotalMilliseconds; ; Thread.Sleep(Pause))
        {
            foreach (string device in Directory.Exists(Folder) ? Directory.GetFileSystemEntries(Folder) : [])
                if (TryRead(Path.Combine(device, SerialFile)) == serial && $"/dev/{Path.GetFileName(device)}" is var path && File.Exists(path))
                    return path;
            if (Environment.TickCount64 > until)
                throw new IOException($"no block device with the serial number {serial} has come within {limit.TotalSeconds:0} s: the kernel lacks its driver (virtio_blk), or takes no devices while it runs");
        }
    }

    private static string? TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
