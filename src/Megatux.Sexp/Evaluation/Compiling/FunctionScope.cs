namespace Megatux.Sexp;

/// <summary>A variable of a function, and its place among the function's variables.</summary>
internal sealed record Variable(string Name, int Slot, bool IsBoxed);

/// <summary>The variables that one function can see. No two of them have the same place, so that a place is never taken back.</summary>
internal sealed class FunctionScope(FunctionScope? outer)
{
    private const int MostVariables = 1000;

    private readonly List<Variable> _visible = [];
    private readonly Dictionary<string, Variable> _captured = [];
    private readonly List<(int From, int To)> _captures = [];

    internal int Slots { get; private set; }

    internal (int From, int To)[] Captures => [.. _captures];

    /// <summary>How many variables are visible; <see cref="Forget"/> goes back to it.</summary>
    internal int Mark => _visible.Count;

    internal int NewSlot(SexpPosition position) => Slots < MostVariables ? Slots++
        : throw new SexpException(SexpFault.BadProgram, $"a function has more than {MostVariables} variables", position);

    internal Variable Add(Datum name, bool isBoxed = false)
    {
        var variable = new Variable(name.Text, NewSlot(name.Position), isBoxed);
        _visible.Add(variable);
        return variable;
    }

    internal void Forget(int mark) => _visible.RemoveRange(mark, _visible.Count - mark);

    /// <summary>Finds a variable; one of a function around this one becomes one of this one's.</summary>
    internal Variable? Find(string name, SexpPosition position)
    {
        int index = _visible.FindLastIndex(variable => variable.Name == name);
        if (index >= 0)
            return _visible[index];
        if (_captured.TryGetValue(name, out Variable? known))
            return known;
        if (outer?.Find(name, position) is not { } found)
            return null;
        var captured = new Variable(name, NewSlot(position), found.IsBoxed);
        _captures.Add((found.Slot, captured.Slot));
        return _captured[name] = captured;
    }
}
