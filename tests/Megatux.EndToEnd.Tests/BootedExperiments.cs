namespace Megatux.EndToEnd.Tests;

/// <summary>An experiment for each hypervisor, of two hosts with two guests, booted once for all tests of a class.</summary>
public sealed class BootedExperiments : IDisposable
{
    private readonly Dictionary<string, LocalExperiment> _booted = [];

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
        var local = new LocalExperiment(hypervisor, "<VmsPerHost>2</VmsPerHost>");
        _booted.Add(hypervisor, local);
        File.SetUnixFileMode(local.Experiment.Write("all/etc/megatux/run.d/20-flood", "#!/bin/sh\n(while ! test -e /tmp/flood; do sleep 0.2; done; yes flood) &\n"), (UnixFileMode)0b111_101_101);
        local.Experiment.BuildWell();
        local.Boot().Succeeded();
        return local;
    }
}
