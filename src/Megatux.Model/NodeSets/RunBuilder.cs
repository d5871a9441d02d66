using System.Diagnostics;

namespace Megatux.Model;

/// <summary>
/// Takes members in ascending order and cuts them into the runs that a set is kept as. The cut depends on nothing but
/// the members, so equal sets have equal runs: neighbours always form one interval; members that stand alone form
/// chains of equal distance, each as long as it can be, from the left; runs never interleave.
/// </summary>
internal sealed class RunBuilder
{
    private readonly List<Run> _runs = [];
    private Run _interval = Run.None;
    private Run _chain = Run.None;

    /// <summary>The greatest member so far, or -1.</summary>
    public long Last => _interval.Count > 0 ? _interval.Last : -1;

    public void Add(Run run)
    {
        if (run.Count == 0)
            return;
        Debug.Assert(run.First > Last, "members come in ascending order");
        if (run.Step == 1)
        {
            AddInterval(run);
            return;
        }

        // Only the ends of a stepped run can have neighbours outside it.
        AddInterval(Run.Single(run.First));
        if (run.Count > 2)
        {
            CloseInterval();
            AddAlone(run.Part(1, run.Count - 2));
        }

        AddInterval(Run.Single(run.Last));
    }

    /// <summary>The set of all that was added, or null if that is nothing.</summary>
    public IndexSet? Build()
    {
        CloseInterval();
        CloseChain();
        return _runs.Count == 0 ? null : new IndexSet([.. _runs]);
    }

    private void AddInterval(Run run)
    {
        if (_interval.Count > 0 && run.First == _interval.Last + 1)
        {
            _interval = Run.Interval(_interval.First, run.Last);
            return;
        }

        CloseInterval();
        _interval = run;
    }

    private void CloseInterval()
    {
        if (_interval.Count == 1)
        {
            AddAlone(_interval);
        }
        else if (_interval.Count > 1)
        {
            CloseChain();
            Keep(_interval);
        }

        _interval = Run.None;
    }

    private void AddAlone(Run run)
    {
        for (long taken = 0; taken < run.Count;)
        {
            AddAlone(run.First + taken * run.Step);
            taken++;
            if (_chain.Count < 2 || _chain.Step != run.Step)
                continue;
            // The chain ends with a member of the run and has its step: it takes the rest without looking.
            _chain = _chain with { Count = _chain.Count + run.Count - taken };
            return;
        }
    }

    private void AddAlone(long member)
    {
        if (_chain.Count == 0)
        {
            _chain = Run.Single(member);
            return;
        }

        long last = _chain.Last;
        if (_chain.Count == 1 || member - last == _chain.Step)
        {
            _chain = new Run(_chain.First, member - last, _chain.Count + 1);
        }
        else if (_chain.Count == 2)
        {
            Keep(Run.Single(_chain.First));
            _chain = new Run(last, member - last, 2);
        }
        else
        {
            Keep(_chain);
            _chain = Run.Single(member);
        }
    }

    private void CloseChain()
    {
        if (_chain.Count > 0)
            Keep(_chain);
        _chain = Run.None;
    }

    private void Keep(Run run)
    {
        if (_runs.Count == NodeSetLimits.Pieces)
            throw NodeSetLimits.TooManyPieces();
        _runs.Add(run);
    }
}
