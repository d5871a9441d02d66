namespace Megatux.Sexp;

/// <summary>A call of whatever function the first expression gives.</summary>
internal sealed class Call(Node function, Node[] arguments, bool isLast, SexpPosition position) : Node(position, Above([function, .. arguments]), arguments.Length)
{
    internal override SexpValue Evaluate(Machine machine, int frame)
    {
        machine.Step(this);
        SexpValue callee = function.Evaluate(machine, frame);
        int at = machine.Reserve(arguments.Length);
        for (int i = 0; i < arguments.Length; i++)
        {
            SexpValue value = arguments[i].Evaluate(machine, frame);
            machine.Stack[at + i] = value;
        }

        if (isLast && callee.Reference is Closure closure)
        {
            machine.Pending = closure;
            (machine.PendingAt, machine.PendingCount, machine.PendingCaller) = (at, arguments.Length, this);
            return default;
        }

        return callee.Reference is SexpFunction called ? called.Invoke(machine, at, arguments.Length, this)
            : throw new SexpException(SexpFault.BadValue, $"expected a function to call, found {callee.Kind}", Position);
    }
}

/// <summary>A call of a built-in function of one argument.</summary>
internal sealed class UnaryCall(SexpPrimitive primitive, Node argument, SexpPosition position) : Node(position, Above(argument))
{
    private readonly SexpUnary _body = primitive.Unary!;

    internal override SexpValue Evaluate(Machine machine, int frame)
    {
        machine.Step(this);
        return _body(new SexpCall(machine, this, primitive.Name), argument.Evaluate(machine, frame));
    }
}

/// <summary>A call of a built-in function of two arguments.</summary>
internal sealed class BinaryCall(SexpPrimitive primitive, Node first, Node second, SexpPosition position) : Node(position, Above(first, second))
{
    private readonly SexpBinary _body = primitive.Binary!;

    internal override SexpValue Evaluate(Machine machine, int frame)
    {
        machine.Step(this);
        SexpValue left = first.Evaluate(machine, frame);
        return _body(new SexpCall(machine, this, primitive.Name), left, second.Evaluate(machine, frame));
    }
}

/// <summary>A call of a built-in function of any number of arguments.</summary>
internal sealed class VariadicCall(SexpPrimitive primitive, Node[] arguments, SexpPosition position) : Node(position, Above(arguments), arguments.Length)
{
    private readonly SexpVariadic _body = primitive.Variadic!;

    internal override SexpValue Evaluate(Machine machine, int frame)
    {
        machine.Step(this);
        int at = machine.Reserve(arguments.Length);
        for (int i = 0; i < arguments.Length; i++)
        {
            SexpValue value = arguments[i].Evaluate(machine, frame);
            machine.Stack[at + i] = value;
        }

        SexpValue result = _body(new SexpCall(machine, this, primitive.Name), machine.Stack.AsSpan(at, arguments.Length));
        machine.Top = at;
        return result;
    }
}

/// <summary>An operation on two numbers, chosen when the program is compiled.</summary>
internal interface IOperation
{
    /// <summary>The usual case: two exact integers whose result is one, or a truth value.</summary>
    static abstract bool TryApply(long first, long second, out SexpValue result);

    static abstract SexpValue Apply(in SexpCall call, SexpValue first, SexpValue second);
}

/// <summary>Arithmetic on two numbers without a delegate between.</summary>
internal sealed class Operation<TOperation>(string name, Node first, Node second, SexpPosition position) : Node(position, Above(first, second))
    where TOperation : struct, IOperation
{
    internal override SexpValue Evaluate(Machine machine, int frame)
    {
        machine.Step(this);
        SexpValue left = first.Evaluate(machine, frame), right = second.Evaluate(machine, frame);
        return left.IsInteger && right.IsInteger && TOperation.TryApply(left.Bits, right.Bits, out SexpValue result) ? result
            : TOperation.Apply(new SexpCall(machine, this, name), left, right);
    }
}

/// <summary><c>quasiquote</c>: a list of which some items are computed, and some are lists whose items are put in.</summary>
internal sealed class Template((Node Value, bool IsSpliced)[] items, SexpPosition position)
    : Node(position, Above([.. items.Select(item => item.Value)]), items.Length)
{
    internal override SexpValue Evaluate(Machine machine, int frame)
    {
        machine.Step(this);
        var list = new ListBuilder();
        var call = new SexpCall(machine, this, "unquote-splicing");
        foreach ((Node node, bool isSpliced) in items)
        {
            SexpValue value = node.Evaluate(machine, frame);
            if (!isSpliced)
            {
                list.Add(call, value);
                continue;
            }

            for (Pair rest = value.AsList ?? throw call.Expected("a list", value); !rest.IsNil; rest = rest.Tail)
            {
                call.Step();
                list.Add(call, rest.Head);
            }
        }

        return list.Value;
    }
}
