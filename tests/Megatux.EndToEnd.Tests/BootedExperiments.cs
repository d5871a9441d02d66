using System.Globalization;

namespace Megatux.EndToEnd.Tests;

/// <summary>An experiment for each hypervisor, of two hosts with two guests, booted once for all tests of a class.</summary>
public sealed class BootedExperiments : IDisposable
{
    private readonly Dictionary<string, LocalExperiment> _booted = [];
    private readonly Dictionary<(LocalExperiment, string), long> _atRest = [];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (LocalExperiment local in _booted.Values)
            local.Dispose();
    }

    /// <summary>The one of a hypervisor. A guest of it writes to its console without end once there is a file /tmp/flood.</summary>
    internal LocalExperiment Of(string hypervisor)
    {
        if (_booted.TryGetValue(hypervisor, out LocalExperiment? known))
            return known;
        var local = new LocalExperiment(hypervisor, guests: 2,
            programs: ("all/etc/megatux/run.d/20-flood", "#!/bin/sh\n(while ! test -e /tmp/flood; do sleep 0.2; done; yes flood) &\n"));
        _booted.Add(hypervisor, local);
        local.Boot().Succeeded();
        foreach (string host in (string[])["h7", "h8"])
            _atRest.Add((local, host), Memory(local, host));
        return local;
    }

    /// <summary>What the agent of a host takes of memory of its own, in KiB.</summary>
    internal static long Memory(LocalExperiment local, string host)
    {
        string line = local.In(host, "grep RssAnon /proc/1/status").Succeeded().Output;
        return long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    /// <summary>What it took after the boot.</summary>
    internal long MemoryAtRest(LocalExperiment local, string host) => _atRest[(local, host)];
}
