namespace Megatux.Model;

/// <summary>
/// Digit strings that may stand at one place of a node name, as ordinals: sorted runs that never interleave, cut by
/// <see cref="RunBuilder"/> so that equal sets have equal runs. Never empty.
/// </summary>
internal sealed partial class IndexSet : IEquatable<IndexSet>
{
    /// <summary>Most sets are of one run: many names, and the numbers of one.</summary>
    private static readonly long[] NoneBefore = [0];

    /// <summary>Those of one number of up to three digits, made when first asked for: the names of many nodes share them.</summary>
    private static readonly IndexSet?[] Short = new IndexSet?[Ordinal.Start(4)];

    private readonly Run[] _runs;
    private readonly long[] _before;
    private readonly int _hash;

    internal IndexSet(Run[] runs)
    {
        _runs = runs;
        _before = runs.Length == 1 ? NoneBefore : new long[runs.Length];
        var hash = new HashCode();
        for (int i = 0; i < runs.Length; i++)
        {
            if (i > 0)
                _before[i] = Count;
            Count += runs[i].Count;
            hash.Add(runs[i]);
        }

        _hash = hash.ToHashCode();
    }

    public long Count { get; }

    public long First => _runs[0].First;

    public long Last => _runs[^1].Last;

    public ReadOnlySpan<Run> Runs => _runs;

    public static IndexSet Of(long ordinal) =>
        ordinal < Short.Length ? Short[ordinal] ??= new IndexSet([Run.Single(ordinal)]) : new IndexSet([Run.Single(ordinal)]);

    public bool Contains(long ordinal) => RankOf(ordinal) >= 0;

    /// <summary>How many members come before <paramref name="ordinal"/>, or -1 if it is not a member.</summary>
    public long RankOf(long ordinal)
    {
        int low = 0;
        for (int high = _runs.Length - 1; low < high;)
        {
            int middle = (low + high + 1) >>> 1;
            if (_runs[middle].First <= ordinal)
                low = middle;
            else
                high = middle - 1;
        }

        Run run = _runs[low];
        return run.Contains(ordinal) ? _before[low] + (ordinal - run.First) / run.Step : -1;
    }

    /// <summary>The member that <paramref name="rank"/> others come before.</summary>
    public long At(long rank)
    {
        int index = Array.BinarySearch(_before, rank);
        if (index < 0)
            index = ~index - 1;
        return _runs[index].First + (rank - _before[index]) * _runs[index].Step;
    }

    public bool Equals(IndexSet? other) =>
        ReferenceEquals(this, other) || other is not null && _hash == other._hash && _runs.AsSpan().SequenceEqual(other._runs);

    public override bool Equals(object? obj) => Equals(obj as IndexSet);

    public override int GetHashCode() => _hash;
}
