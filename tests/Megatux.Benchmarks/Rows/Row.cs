namespace Megatux.Benchmarks;

/// <summary>One benchmark: figures that belong together.</summary>
internal abstract class Row
{
    /// <summary>What <c>--row</c> chooses it by.</summary>
    internal abstract string Name { get; }

    /// <summary>What it shows, in one line.</summary>
    internal abstract string About { get; }

    /// <summary>Measures, and reports each figure as soon as it is there.</summary>
    internal abstract void Run(Report report, Workshop shop);

    /// <summary>All of them, in the order in which they run.</summary>
    internal static IReadOnlyList<Row> All { get; } =
    [
        new PackRow(), new OneFileRow(), new NoOpRow(), new NothingLinearRow(), new NodeSetRow(), new PlanRow(), new NamesRow(), new ScanRow(), new SexpRow(), new ReduceRow(),
        new UmlRow(), new ThousandRow(), new ContainersRow(), new NextGuestRow(), new AgentsRow(),
        new RunRow(), new WatchRow(), new SimulateRow(), new TenMillionRow(), new MessagesRow(), new PushBytesRow(),
    ];
}
