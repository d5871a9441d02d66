using System.Globalization;
using Megatux.Model;

namespace Megatux.Hypervisors;

/// <summary>
/// Files that a User Mode Linux is shown as block devices while it runs (arch/um/drivers/ubd_kern.c), each by the next unit
/// that is free. One that the guest uses cannot be taken away; of the others, the one shown longest ago goes when none is free.
/// </summary>
internal sealed class UmlDisks(UmlConsole console, string name)
{
    /// <summary>Unit 0 is the root; there are 16 (MAX_DEV).</summary>
    private const int FirstUnit = 1, LastUnit = 15;

    private readonly Dictionary<string, (int Unit, long Used)> _shown = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private long _uses;

    /// <summary>Shows it a file.</summary>
    /// <returns>The device's path in the guest.</returns>
    /// <exception cref="MegatuxException">It has as many as it can have, and uses them all; or its kernel does not answer.</exception>
    internal string Attach(string path)
    {
        lock (_lock)
        {
            int unit = _shown.TryGetValue(path, out (int Unit, long Used) known) ? known.Unit : Show(path);
            _shown[path] = (unit, ++_uses);
            return $"/dev/ubd{(char)('a' + unit)}";
        }
    }

    private int Show(string path)
    {
        int unit = FreeUnit() ?? throw new MegatuxException(ErrorCodes.DiskNotAttached, $"{name} uses {_shown.Count} programs, and no more can be shown to it: wait for some to end.");
        if (console.TryCommand(string.Create(CultureInfo.InvariantCulture, $"config ubd{unit}r={path}")) is { } problem)
            throw new MegatuxException(ErrorCodes.DiskNotAttached, $"{name} cannot be shown a block device: {problem}.");
        return unit;
    }

    private int? FreeUnit()
    {
        for (int unit = FirstUnit; unit <= LastUnit; unit++)
            if (_shown.Values.All(shown => shown.Unit != unit))
                return unit;
        foreach ((string path, (int unit, _)) in _shown.OrderBy(shown => shown.Value.Used).ToArray())
        {
            if (console.TryCommand(string.Create(CultureInfo.InvariantCulture, $"remove ubd{unit}")) is not null)
                continue;
            _shown.Remove(path);
            return unit;
        }

        return null;
    }
}
