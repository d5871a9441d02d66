namespace Megatux.Sexp;

/// <summary>A built-in function of one argument.</summary>
public delegate SexpValue SexpUnary(in SexpCall call, SexpValue argument);

/// <summary>A built-in function of two arguments.</summary>
public delegate SexpValue SexpBinary(in SexpCall call, SexpValue first, SexpValue second);

/// <summary>A built-in function of any number of arguments.</summary>
public delegate SexpValue SexpVariadic(in SexpCall call, ReadOnlySpan<SexpValue> arguments);

/// <summary>
/// A built-in function. It is pure: what it returns follows from its arguments. All that it does is charged to the call, so that
/// no program can make it work without end.
/// </summary>
public sealed class SexpPrimitive : SexpFunction
{
    /// <summary>For <see cref="Most"/>: as many arguments as there are.</summary>
    public const int Unbounded = int.MaxValue;

    /// <summary>A function of one argument.</summary>
    public SexpPrimitive(string name, SexpUnary body) => (Name, Least, Most, Unary) = (name, 1, 1, body);

    /// <summary>A function of two arguments.</summary>
    public SexpPrimitive(string name, SexpBinary body) => (Name, Least, Most, Binary) = (name, 2, 2, body);

    /// <summary>A function of some number of arguments.</summary>
    /// <param name="name">What programs call it.</param>
    /// <param name="least">The fewest arguments.</param>
    /// <param name="most">The most, or <see cref="Unbounded"/>.</param>
    /// <param name="body">What it does.</param>
    public SexpPrimitive(string name, int least, int most, SexpVariadic body) => (Name, Least, Most, Variadic) = (name, least, most, body);

    /// <summary>What programs call it.</summary>
    public string Name { get; }

    /// <summary>The fewest arguments that it takes.</summary>
    public int Least { get; }

    /// <summary>The most arguments that it takes.</summary>
    public int Most { get; }

    internal SexpUnary? Unary { get; }

    internal SexpBinary? Binary { get; }

    internal SexpVariadic? Variadic { get; }

    internal string Arity => Least == Most ? Count(Least) : Most == Unbounded ? $"{Count(Least)} or more" : $"{Least} to {Most} arguments";

    internal bool Takes(int count) => count >= Least && count <= Most;

    internal override SexpValue Invoke(Machine machine, int at, int count, Node caller)
    {
        if (!Takes(count))
            throw new SexpException(SexpFault.BadValue, $"{Name} takes {Arity}, found {count}", caller.Position);
        var call = new SexpCall(machine, caller, Name);
        SexpValue[] stack = machine.Stack;
        SexpValue result = Unary is not null ? Unary(call, stack[at])
            : Binary is not null ? Binary(call, stack[at], stack[at + 1])
            : Variadic!(call, stack.AsSpan(at, count));
        machine.Top = at;
        return result;
    }

    private static string Count(int count) => count == 1 ? "1 argument" : $"{count} arguments";
}
