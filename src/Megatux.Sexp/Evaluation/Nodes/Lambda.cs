namespace Megatux.Sexp;

/// <summary>What all functions of one <c>lambda</c> share.</summary>
/// <param name="Name">What errors call it.</param>
/// <param name="Arity">How many arguments it takes.</param>
/// <param name="FrameSize">How many variables it has: arguments first, then what it takes along and what it makes.</param>
/// <param name="Captures">Which variables of the function around it it takes along, and where they lie in its own.</param>
/// <param name="Body">What it does.</param>
internal sealed record LambdaCode(string Name, int Arity, int FrameSize, (int From, int To)[] Captures, Node Body);

/// <summary><c>lambda</c>: makes a function. Variables never change, so that the function has copies of those that it needs.</summary>
internal sealed class Lambda(LambdaCode code, SexpPosition position) : Node(position, 1, code.Captures.Length)
{
    private const int ClosureBytes = 48, CapturedBytes = 16;

    internal override SexpValue Evaluate(Machine machine, int frame)
    {
        machine.Step(this);
        machine.Allocate(ClosureBytes + CapturedBytes * code.Captures.Length, this);
        var captured = new SexpValue[code.Captures.Length];
        for (int i = 0; i < captured.Length; i++)
            captured[i] = machine.Stack[frame + code.Captures[i].From];
        return new SexpValue(new Closure(code, captured));
    }
}

/// <summary>A function that a program made.</summary>
internal sealed class Closure(LambdaCode code, SexpValue[] captured) : SexpFunction
{
    private LambdaCode Code => code;

    private SexpValue[] Captured => captured;

    internal override SexpValue Invoke(Machine machine, int at, int count, Node caller)
    {
        int depth = machine.Depth;
        for (Closure callee = this; ;)
        {
            LambdaCode running = callee.Code;
            if (count != running.Arity)
                throw new SexpException(SexpFault.BadValue,
                    $"{running.Name} takes {running.Arity} argument{(running.Arity == 1 ? "" : "s")}, found {count}", caller.Position);
            machine.Depth = depth;
            machine.Descend(running.Body.Height + 1, caller);
            machine.SetTop(at + running.FrameSize);
            SexpValue[] values = callee.Captured;
            for (int i = 0; i < values.Length; i++)
                machine.Stack[at + running.Captures[i].To] = values[i];
            SexpValue result = running.Body.Evaluate(machine, at);
            if (machine.Pending is not { } next)
            {
                machine.Top = at;
                machine.Depth = depth;
                return result;
            }

            // The function ended with a call: the one that is called takes its place.
            (callee, count, caller) = (next, machine.PendingCount, machine.PendingCaller!);
            machine.Pending = null;
            for (int i = 0; i < count; i++)
                machine.Stack[at + i] = machine.Stack[machine.PendingAt + i];
        }
    }
}
