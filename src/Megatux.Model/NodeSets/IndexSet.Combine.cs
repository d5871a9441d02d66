namespace Megatux.Model;

/// <content>Set operations: one sweep over the runs of both sets.</content>
internal sealed partial class IndexSet
{
    /// <summary>The result, or null when it is empty.</summary>
    /// <exception cref="MegatuxException">It falls into too many runs, or steps interleave too often to find out.</exception>
    public static IndexSet? Combine(IndexSet left, IndexSet right, SetOperation operation)
    {
        var result = new RunBuilder();
        bool keepLeft = operation.HasFlag(SetOperation.KeepLeft);
        bool keepRight = operation.HasFlag(SetOperation.KeepRight);
        int i = 0, j = 0;
        Run a = left._runs[0], b = right._runs[0];
        while (a.Count > 0 && b.Count > 0)
        {
            // What lies before the other's start is its own; up to the nearer end both must be looked at together.
            long from = Math.Max(a.First, b.First);
            if (keepLeft)
                result.Add(a.Below(from));
            if (keepRight)
                result.Add(b.Below(from));
            a = a.From(from);
            b = b.From(from);
            if (a.Count > 0 && b.Count > 0)
            {
                long to = Math.Min(a.Last, b.Last);
                AddOverlap(result, a.Below(to + 1), b.Below(to + 1), operation);
                a = a.From(to + 1);
                b = b.From(to + 1);
            }

            if (a.Count == 0 && ++i < left._runs.Length)
                a = left._runs[i];
            if (b.Count == 0 && ++j < right._runs.Length)
                b = right._runs[j];
        }

        for (; keepLeft && a.Count > 0; a = ++i < left._runs.Length ? left._runs[i] : Run.None)
            result.Add(a);
        for (; keepRight && b.Count > 0; b = ++j < right._runs.Length ? right._runs[j] : Run.None)
            result.Add(b);
        return result.Build();
    }

    /// <summary>Adds the result for two runs that lie in the same stretch.</summary>
    private static void AddOverlap(RunBuilder result, Run a, Run b, SetOperation operation)
    {
        Run both = RunAlgebra.Intersect(a, b);
        switch (operation)
        {
            case SetOperation.Intersect:
                result.Add(both);
                break;
            case SetOperation.Union when both.Count == b.Count:
                result.Add(a);
                break;
            case SetOperation.Union when both.Count == a.Count:
                result.Add(b);
                break;
            case SetOperation.Union:
                Merge(result, [a], RunAlgebra.Without(b, both));
                break;
            case SetOperation.Except:
                Merge(result, RunAlgebra.Without(a, both), []);
                break;
            default:
                Merge(result, RunAlgebra.Without(a, both), RunAlgebra.Without(b, both));
                break;
        }
    }

    /// <summary>Adds two ascending lists of runs that have no member in common but may interleave.</summary>
    private static void Merge(RunBuilder result, IEnumerable<Run> left, IEnumerable<Run> right)
    {
        using IEnumerator<Run> nextLeft = left.GetEnumerator();
        using IEnumerator<Run> nextRight = right.GetEnumerator();
        Run a = Next(nextLeft), b = Next(nextRight);
        for (int work = 0; a.Count > 0 || b.Count > 0; work++)
        {
            if (work > NodeSetLimits.Pieces)
                throw NodeSetLimits.TooManyPieces();
            bool leftFirst = b.Count == 0 || a.Count > 0 && a.First < b.First;
            (Run first, Run second) = leftFirst ? (a, b) : (b, a);
            if (second.Count > 0 && first.Count > 1 && first.Step == second.Step && (second.First - first.First) * 2 == first.Step)
            {
                // Odd and even members: together they have half the step.
                long pairs = Math.Min(first.Count, second.Count);
                long taken = Math.Min(first.Count, pairs + 1);
                result.Add(new Run(first.First, first.Step / 2, taken + pairs));
                first = first.Part(taken, first.Count - taken);
                second = second.Part(pairs, second.Count - pairs);
            }
            else
            {
                long bound = second.Count > 0 ? second.First : long.MaxValue;
                result.Add(first.Below(bound));
                first = first.From(bound);
            }

            (a, b) = leftFirst ? (first, second) : (second, first);
            if (a.Count == 0)
                a = Next(nextLeft);
            if (b.Count == 0)
                b = Next(nextRight);
        }
    }

    private static Run Next(IEnumerator<Run> runs) => runs.MoveNext() ? runs.Current : Run.None;
}
