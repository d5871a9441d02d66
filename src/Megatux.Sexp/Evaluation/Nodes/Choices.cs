namespace Megatux.Sexp;

/// <summary><c>if</c></summary>
internal sealed class If(Node test, Node then, Node otherwise, SexpPosition position) : Node(position, Above(test, then, otherwise))
{
    internal override SexpValue Evaluate(Machine machine, int frame)
    {
        machine.Step(this);
        return test.Evaluate(machine, frame).IsTrue ? then.Evaluate(machine, frame) : otherwise.Evaluate(machine, frame);
    }
}

/// <summary>A clause of <c>cond</c>.</summary>
/// <param name="Test">What decides.</param>
/// <param name="Slot">Where the value of the test is kept for <c>=&gt;</c>; negative when it is not.</param>
/// <param name="Body">What is done; null when the value of the test is that of the clause.</param>
internal readonly record struct CondClause(Node Test, int Slot, Node? Body);

/// <summary><c>cond</c>: the first clause whose test is true; <c>#f</c> when none is.</summary>
internal sealed class Cond(CondClause[] clauses, SexpPosition position)
    : Node(position, Above([.. clauses.SelectMany(clause => clause.Body is null ? [clause.Test] : (Node[])[clause.Test, clause.Body])]), clauses.Length)
{
    internal override SexpValue Evaluate(Machine machine, int frame)
    {
        machine.Step(this);
        foreach (ref readonly CondClause clause in clauses.AsSpan())
        {
            SexpValue value = clause.Test.Evaluate(machine, frame);
            if (!value.IsTrue)
                continue;
            if (clause.Slot >= 0)
                machine.Stack[frame + clause.Slot] = value;
            return clause.Body is null ? value : clause.Body.Evaluate(machine, frame);
        }

        return SexpValue.False;
    }
}

/// <summary><c>case</c>: the first clause that lists the value, else the last; <c>#f</c> when there is none.</summary>
internal sealed class Case(Node key, (SexpValue[] Data, Node Body)[] clauses, Node? otherwise, SexpPosition position)
    : Node(position, Above([key, .. clauses.Select(clause => clause.Body), .. otherwise is null ? [] : (Node[])[otherwise]]),
        clauses.Sum(clause => 1 + clause.Data.Length))
{
    internal override SexpValue Evaluate(Machine machine, int frame)
    {
        machine.Step(this);
        SexpValue value = key.Evaluate(machine, frame);
        var call = new SexpCall(machine, this, "case");
        foreach ((SexpValue[] data, Node body) in clauses)
            foreach (SexpValue datum in data)
                if (Equality.AreEqual(call, value, datum))
                    return body.Evaluate(machine, frame);
        return otherwise is null ? SexpValue.False : otherwise.Evaluate(machine, frame);
    }
}

/// <summary><c>and</c>: the first value that is false, else the last.</summary>
internal sealed class And(Node[] parts, SexpPosition position) : Node(position, Above(parts), parts.Length)
{
    internal override SexpValue Evaluate(Machine machine, int frame)
    {
        machine.Step(this);
        for (int i = 0; i < parts.Length - 1; i++)
            if (!parts[i].Evaluate(machine, frame).IsTrue)
                return SexpValue.False;
        return parts[^1].Evaluate(machine, frame);
    }
}

/// <summary><c>or</c>: the first value that is true, else the last.</summary>
internal sealed class Or(Node[] parts, SexpPosition position) : Node(position, Above(parts), parts.Length)
{
    internal override SexpValue Evaluate(Machine machine, int frame)
    {
        machine.Step(this);
        for (int i = 0; i < parts.Length - 1; i++)
        {
            SexpValue value = parts[i].Evaluate(machine, frame);
            if (value.IsTrue)
                return value;
        }

        return parts[^1].Evaluate(machine, frame);
    }
}

/// <summary>One expression after the other; the value is the last one's.</summary>
internal sealed class Sequence(Node[] parts, SexpPosition position) : Node(position, Above(parts), parts.Length)
{
    internal override SexpValue Evaluate(Machine machine, int frame)
    {
        machine.Step(this);
        for (int i = 0; i < parts.Length - 1; i++)
            parts[i].Evaluate(machine, frame);
        return parts[^1].Evaluate(machine, frame);
    }
}
