namespace Megatux.Sexp;

/// <summary>
/// A call of a built-in function: what the function charges its work to, and how it says what is wrong with an argument. Charge
/// before doing the work.
/// </summary>
public readonly ref struct SexpCall
{
    // What a built-in that calls back takes of the stack: itself, the call, and what picks the function.
    private const int CallbackLevels = 3;
    private const int LongText = 40;

    private readonly Machine _machine;
    private readonly Node _caller;
    private readonly string _name;

    internal SexpCall(Machine machine, Node caller, string name)
    {
        _machine = machine;
        _caller = caller;
        _name = name;
    }

    internal string Name => _name;

    /// <summary>Charges steps: one for each item, or each 64 bytes, that the function looks at.</summary>
    /// <exception cref="SexpException">The budget has no more.</exception>
    public void Step(long count = 1) => _machine.Step(count, _caller);

    /// <summary>Charges memory.</summary>
    /// <exception cref="SexpException">The budget has no more.</exception>
    public void Allocate(long bytes) => _machine.Allocate(bytes, _caller);

    /// <summary>Calls a function with one argument.</summary>
    public SexpValue Apply(SexpValue function, SexpValue argument) => Apply(function, [argument]);

    /// <summary>Calls a function with two arguments.</summary>
    public SexpValue Apply(SexpValue function, SexpValue first, SexpValue second) => Apply(function, [first, second]);

    /// <summary>Calls a function.</summary>
    public SexpValue Apply(SexpValue function, ReadOnlySpan<SexpValue> arguments)
    {
        if (function.Reference is not SexpFunction callee)
            throw Expected("a function", function);
        Machine machine = _machine;
        machine.Step(1, _caller);
        machine.Descend(CallbackLevels, _caller);
        int at = machine.Push(arguments);
        SexpValue result = callee.Invoke(machine, at, arguments.Length, _caller);
        machine.Depth -= CallbackLevels;
        return result;
    }

    /// <summary>A new list with one item in front of another list.</summary>
    internal Pair Cons(SexpValue head, Pair tail)
    {
        Allocate(Pair.Bytes);
        return new Pair(head, tail);
    }

    /// <summary>A new string of the bytes given.</summary>
    public SexpValue String(ReadOnlySpan<byte> value)
    {
        Allocate(TextBytes(value.Length));
        return new SexpValue(Datum.String(value));
    }

    /// <summary>What a string of some length takes.</summary>
    internal static long TextBytes(long length) => 96 + length;

    /// <summary>The error of an argument that is none that the function takes.</summary>
    public SexpException Expected(string what, SexpValue found) =>
        Fault($"{_name} expects {what}, found {Describe(found)}");

    /// <summary>The error of something else that is wrong.</summary>
    public SexpException Fault(string message, SexpFault fault = SexpFault.BadValue) => new(fault, message, _caller.Position);

    /// <summary>The error of a number that would not fit.</summary>
    internal SexpException Overflow() =>
        Fault($"the exact result of {_name} has more than 64 bits or 18 digits behind the point; make an argument inexact", SexpFault.Overflow);


    private static string Describe(SexpValue value) =>
        value.IsNumber || value.IsBoolean || (value.AsText is { } text && text.Bytes.Length <= LongText) ? $"{value.Kind}, {value}" : value.Kind;
}
