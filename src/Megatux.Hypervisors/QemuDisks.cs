using System.Globalization;
using Megatux.Linux;
using Megatux.Model;

namespace Megatux.Hypervisors;

/// <summary>
/// Files that a machine under QEMU is shown as block devices while it runs. A device that is taken away goes when its kernel lets
/// it go, so that one in use stays; there are as many as its bus has places for, less some for all else.
/// </summary>
internal sealed class QemuDisks(QemuMonitor monitor, string name)
{
    /// <summary>How many at once: a PCI bus has 32 places.</summary>
    private const int Most = 24;

    private readonly Dictionary<string, (string Serial, long Used)> _shown = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Those that were taken away, and whose files stay open until the machine's kernel has let them go.</summary>
    private readonly HashSet<string> _leaving = new(StringComparer.Ordinal);
    private long _uses, _last;

    /// <summary>Shows it a file.</summary>
    /// <returns>The serial number that the device has in the machine, behind <see cref="BlockDevices.SerialPrefix"/>.</returns>
    /// <exception cref="MegatuxException">QEMU refuses, or does not answer.</exception>
    internal string Attach(string path)
    {
        lock (_lock)
        {
            string serial = _shown.TryGetValue(path, out (string Serial, long) known) ? known.Serial : Show(path);
            _shown[path] = (serial, ++_uses);
            return BlockDevices.SerialPrefix + serial;
        }
    }

    private string Show(string path)
    {
        _leaving.RemoveWhere(gone => monitor.TryCommand("blockdev-del", $$"""{"node-name":"n{{gone}}"}""") is null);
        while (_shown.Count >= Most)
        {
            (string oldest, (string gone, _)) = _shown.MinBy(shown => shown.Value.Used);
            _shown.Remove(oldest);
            monitor.TryCommand("device_del", $$"""{"id":"{{gone}}"}""");
            _leaving.Add(gone);
        }

        string serial = string.Create(CultureInfo.InvariantCulture, $"megatux{++_last}");
        string file = QemuMonitor.Quoted(path);
        string? problem = monitor.TryCommand("blockdev-add", $$$"""{"driver":"raw","node-name":"n{{{serial}}}","read-only":true,"file":{"driver":"file","filename":{{{file}}},"read-only":true,"locking":"off"}}""")
            ?? monitor.TryCommand("device_add", $$"""{"driver":"virtio-blk-pci","id":"{{serial}}","drive":"n{{serial}}","serial":"{{serial}}"}""");
        if (problem is null)
            return serial;
        _leaving.Add(serial);
        throw new MegatuxException(ErrorCodes.DiskNotAttached, $"{name} cannot be shown a block device: {problem}.");
    }
}
