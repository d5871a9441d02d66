namespace Megatux.Sexp;

/// <summary>A value that the program has in it.</summary>
internal sealed class Constant(SexpValue value, SexpPosition position) : Node(position, 1)
{
    internal SexpValue Value => value;

    internal override SexpValue Evaluate(Machine machine, int frame) => value;
}

/// <summary>A variable of the function.</summary>
internal sealed class Local(int slot, SexpPosition position) : Node(position, 1)
{
    internal override SexpValue Evaluate(Machine machine, int frame) => machine.Stack[frame + slot];
}

/// <summary>A variable that functions may see before it has its value.</summary>
internal sealed class BoxedLocal(int slot, string name, SexpPosition position) : Node(position, 1)
{
    internal override SexpValue Evaluate(Machine machine, int frame)
    {
        SexpValue value = ((Box)machine.Stack[frame + slot].Reference!).Value;
        return value.IsUnset ? throw TooEarly(name, Position) : value;
    }

    internal static SexpException TooEarly(string name, SexpPosition position) =>
        new(SexpFault.BadValue, $"{name} is used before it has a value", position);
}

/// <summary>A name that the program defines.</summary>
internal sealed class Global(int index, string name, SexpPosition position) : Node(position, 1)
{
    internal override SexpValue Evaluate(Machine machine, int frame)
    {
        SexpValue value = machine.Globals[index];
        return value.IsUnset ? throw BoxedLocal.TooEarly(name, Position) : value;
    }
}

/// <summary><c>(define name value)</c> of the program itself.</summary>
internal sealed class DefineGlobal(int index, Node value, SexpPosition position) : Node(position, Above(value))
{
    internal override SexpValue Evaluate(Machine machine, int frame) => machine.Globals[index] = value.Evaluate(machine, frame);
}

/// <summary><c>let</c>: values first, then what is done with them.</summary>
internal sealed class Let(int[] slots, Node[] values, Node body, SexpPosition position) : Node(position, Above([.. values, body]), values.Length)
{
    internal override SexpValue Evaluate(Machine machine, int frame)
    {
        machine.Step(this);
        for (int i = 0; i < values.Length; i++)
        {
            SexpValue value = values[i].Evaluate(machine, frame);
            machine.Stack[frame + slots[i]] = value;
        }

        return body.Evaluate(machine, frame);
    }
}

/// <summary><c>letrec</c>, and definitions in a body: all names are there before the first value is.</summary>
internal sealed class Letrec(int[] slots, Node[] values, Node body, SexpPosition position) : Node(position, Above([.. values, body]), values.Length)
{
    internal override SexpValue Evaluate(Machine machine, int frame)
    {
        machine.Step(this);
        machine.Allocate(Box.Bytes * slots.Length, this);
        foreach (int slot in slots)
            machine.Stack[frame + slot] = new SexpValue(new Box());
        for (int i = 0; i < values.Length; i++)
        {
            SexpValue value = values[i].Evaluate(machine, frame);
            ((Box)machine.Stack[frame + slots[i]].Reference!).Value = value;
        }

        return body.Evaluate(machine, frame);
    }
}
