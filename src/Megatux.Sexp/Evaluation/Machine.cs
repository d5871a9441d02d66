namespace Megatux.Sexp;

/// <summary>What a run has: the variables of all functions that are running, and what is left of its budget.</summary>
internal sealed class Machine(SexpBudget budget)
{
    private const int UsualStack = 128;

    internal SexpValue[] Stack = new SexpValue[UsualStack];
    internal SexpValue[] Globals = [];
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
        if (Globals.Length != globals)
            Globals = new SexpValue[globals];
        Array.Fill(Globals, SexpValue.Unset);
    }

    /// <summary>Lets go of what the run made.</summary>
    internal void End()
    {
        if (Stack.Length > UsualStack)
            Stack = new SexpValue[UsualStack];
        else
            Array.Clear(Stack);
        Array.Clear(Globals);
    }

    /// <summary>Takes places on the stack.</summary>
    /// <returns>The first.</returns>
    internal int Reserve(int count)
    {
        int at = Top;
        SetTop(at + count);
        return at;
    }

    internal void SetTop(int top)
    {
        Top = top;
        if (top > Stack.Length)
            Array.Resize(ref Stack, Math.Max(top, 2 * Stack.Length));
    }

    internal void Step(Node where)
    {
        if (--Steps < 0)
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
        // The budget decides. Only where it is too generous for the thread does the thread's stack.
        const int Shallow = 100;
        if ((Depth += levels) > MaxDepth || (Depth > Shallow && !System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack()))
            throw new SexpException(SexpFault.OutOfDepth, $"calls nest deeper than {Math.Min(Depth - 1, MaxDepth)} levels", where.Position);
    }

    private SexpException OutOfSteps(Node where) =>
        new(SexpFault.OutOfSteps, $"the program took more than {budget.Steps} steps", where.Position);
}
