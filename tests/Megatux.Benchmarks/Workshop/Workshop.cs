namespace Megatux.Benchmarks;

/// <summary>What the rows share: a temporary folder, the tree that is packed, built experiments. Made when first asked for.</summary>
internal sealed class Workshop : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Lazy<string> _tree;
    private readonly Lazy<ExperimentCopy> _built;
    private readonly Lazy<BootedExperiment> _containers;
    private int _folders;

    internal Workshop()
    {
        _tree = new Lazy<string>(() =>
        {
            string tree = _folder["tree"];
            new SampleTree(tree).Write();
            return tree;
        });
        _built = new Lazy<ExperimentCopy>(() =>
        {
            var copy = new ExperimentCopy(NewFolder("built"));
            copy.Build("laptop");
            copy.Build("hyperion");
            return copy;
        });
        _containers = new Lazy<BootedExperiment>(() => BootedExperiment.Of(this, "h0", $"""
            <VmsPerHost>{MostContainers}</VmsPerHost>
            <Hypervisor>container</Hypervisor>
            """));
    }

    /// <summary>Folder of 100 MB of files of many kinds and sizes. Whoever changes it puts it back.</summary>
    internal string Tree => _tree.Value;

    /// <summary>Laptop and hyperion, built, away from the checkout.</summary>
    internal ExperimentCopy Built => _built.Value;

    /// <summary>How many guests <see cref="Containers"/> has: a bridge of Linux takes 1023 ports.</summary>
    internal const int MostContainers = 1023;

    /// <summary>One host, <c>h0</c>, of guests that are containers, built. Whoever boots it halts it.</summary>
    internal BootedExperiment Containers => _containers.Value;

    /// <summary>The command that a person types.</summary>
    internal static string Megatux { get; } = Repository.At("artifacts/bin/megatux");

    /// <summary>A new, empty folder.</summary>
    internal string NewFolder(string name) => Directory.CreateDirectory(_folder[$"{name}-{_folders++}"]).FullName;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_containers.IsValueCreated)
            _containers.Value.Dispose();
        _folder.Dispose();
    }
}
