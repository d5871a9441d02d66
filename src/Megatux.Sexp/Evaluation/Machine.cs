namespace Megatux.Sexp;

/// <summary>What a run has: the variables of all functions that are running, and what is left of its budget.</summary>
internal sealed class Machine(SexpBudget budget)
{
    private const int UsualStack = 128, KeptStack = 1024, CheckedLevels = 16;

    internal SexpValue[] Stack = new SexpValue[UsualStack];
    internal SexpValue[] Globals = [];
    private int _highestTop, _checkedDepth;
    internal int Top, Depth;
    internal long Steps, Memory;

    // The call that a function ends with: it takes the place of the function, so that loops need no depth.
    internal Closure? Pending;
    internal int PendingAt, PendingCount;
    internal Node? PendingCaller;

    internal int MaxDepth => budget.Depth;

    internal void Begin(int globals)
    {
        (Top, Depth, Steps, Memory, Pending, PendingCaller) = (0, 0, budget.Steps, budget.Memory, null, null);
        (_highestTop, _checkedDepth) = (0, Math.Min(CheckedLevels, MaxDepth));
        if (Globals.Length != globals)
            Globals = new SexpValue[globals];
        for (int i = 0; i < globals; i++)
            Globals[i] = SexpValue.Unset;
    }

    /// <summary>Lets go of what the run made.</summary>
    internal void End()
    {
        if (Stack.Length > KeptStack)
            Stack = new SexpValue[UsualStack];
        else
            for (int i = 0; i < _highestTop; i++)
                Stack[i] = default;
        for (int i = 0; i < Globals.Length; i++)
            Globals[i] = default;
    }

    /// <summary>Takes places on the stack.</summary>
    /// <returns>The first.</returns>
    internal int Reserve(int count)
    {
        int at = Top;
        SetTop(at + count);
        return at;
    }

    /// <summary>Lays values onto the stack.</summary>
    /// <returns>Where the first lies.</returns>
    internal int Push(ReadOnlySpan<SexpValue> values)
    {
        // One by one: copying a few references at once costs a memory barrier, which is more than all the rest of a short run.
        int at = Reserve(values.Length);
        for (int i = 0; i < values.Length; i++)
            Stack[at + i] = values[i];
        return at;
    }

    internal void SetTop(int top)
    {
        Top = top;
        if (top > _highestTop)
            Grow(top);
    }

    private void Grow(int top)
    {
        _highestTop = top;
        if (top > Stack.Length)
            Array.Resize(ref Stack, Math.Max(top, 2 * Stack.Length));
    }

    /// <summary>Charges an expression.</summary>
    internal void Step(Node where)
    {
        if ((Steps -= where.Cost) < 0)
            throw OutOfSteps(where);
    }

    internal void Step(long count, Node where)
    {
        if ((Steps -= count) < 0)
            throw OutOfSteps(where);
    }

    internal void Allocate(long bytes, Node where)
    {
        if ((Memory -= bytes) < 0)
            throw new SexpException(SexpFault.OutOfMemory, $"the program made more than {budget.Memory} bytes of values", where.Position);
    }

    /// <summary>Goes deeper by some levels; whoever calls goes back by as many.</summary>
    internal void Descend(int levels, Node where)
    {
        if ((Depth += levels) > _checkedDepth)
            CheckDepth(where);
    }

    // The budget decides; the thread's stack only where the budget is too generous for the thread. There is always room for some
    // more levels than are checked at once.
    private void CheckDepth(Node where)
    {
        _checkedDepth = Math.Min(Depth + CheckedLevels, MaxDepth);
        if (Depth > MaxDepth || !System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new SexpException(SexpFault.OutOfDepth, $"calls nest deeper than {Math.Min(Depth - 1, MaxDepth)} levels", where.Position);
    }

    private SexpException OutOfSteps(Node where) =>
        new(SexpFault.OutOfSteps, $"the program took more than {budget.Steps} steps", where.Position);
}
