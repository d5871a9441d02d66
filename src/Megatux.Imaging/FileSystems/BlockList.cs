namespace Megatux.Imaging;

/// <summary>The blocks that hold a file's contents, in order.</summary>
internal sealed class BlockList
{
    private readonly List<BlockRun> _runs = [];

    /// <summary>The runs; no two of them could be one.</summary>
    internal IReadOnlyList<BlockRun> Runs => _runs;

    /// <summary>How many blocks there are, holes not counted.</summary>
    internal long Used { get; private set; }

    internal void Add(BlockRun run)
    {
        if (!run.IsHole)
            Used += run.Count;
        if (_runs is [.., var last] && (last.IsHole ? run.IsHole : last.Start + last.Count == run.Start))
            _runs[^1] = last with { Count = last.Count + run.Count };
        else
            _runs.Add(run);
    }

    /// <summary>The numbers one by one; 0 for a hole.</summary>
    internal IEnumerable<uint> Numbers()
    {
        foreach (BlockRun run in _runs)
            for (uint i = 0; i < run.Count; i++)
                yield return run.IsHole ? 0 : run.Start + i;
    }
}
