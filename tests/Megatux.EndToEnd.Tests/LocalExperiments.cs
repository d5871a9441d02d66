namespace Megatux.EndToEnd.Tests;

/// <summary>The usual experiment of each hypervisor, built once for all tests that boot it as it is.</summary>
public sealed class LocalExperiments : IDisposable
{
    private readonly Dictionary<string, LocalExperiment> _built = [];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (LocalExperiment local in _built.Values)
            local.Dispose();
    }

    /// <summary>The one of a hypervisor, which does not run.</summary>
    internal LocalExperiment Of(string hypervisor)
    {
        if (!_built.TryGetValue(hypervisor, out LocalExperiment? local))
            _built.Add(hypervisor, local = new LocalExperiment(hypervisor));
        return local;
    }

    /// <summary>Ends what a test has left running.</summary>
    internal void End()
    {
        foreach (LocalExperiment local in _built.Values)
            local.End();
    }
}
