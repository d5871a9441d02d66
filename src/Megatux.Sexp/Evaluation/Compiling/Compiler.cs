namespace Megatux.Sexp;

/// <summary>Turns data into expressions that can be run. Takes memory by the program's length, and time by that and the variables of a function.</summary>
internal sealed partial class Compiler
{
    /// <summary>How deep programs nest: compiling goes as deep on the thread's stack.</summary>
    private const int DeepestProgram = 100;

    private delegate Node Form(Compiler compiler, Datum form, FunctionScope scope, bool isLast);

    private static readonly Dictionary<string, Form> Forms = new()
    {
        ["quote"] = (_, form, _, _) => Quote(form),
        ["quasiquote"] = (compiler, form, scope, _) => compiler.Quasiquote(form, scope),
        ["if"] = (compiler, form, scope, isLast) => compiler.If(form, scope, isLast),
        ["cond"] = (compiler, form, scope, isLast) => compiler.Cond(form, scope, isLast),
        ["case"] = (compiler, form, scope, isLast) => compiler.Case(form, scope, isLast),
        ["and"] = (compiler, form, scope, isLast) => compiler.AndOr(form, scope, isLast, isAnd: true),
        ["or"] = (compiler, form, scope, isLast) => compiler.AndOr(form, scope, isLast, isAnd: false),
        ["when"] = (compiler, form, scope, isLast) => compiler.When(form, scope, isLast, expected: true),
        ["unless"] = (compiler, form, scope, isLast) => compiler.When(form, scope, isLast, expected: false),
        ["begin"] = (compiler, form, scope, isLast) => compiler.Begin(form, scope, isLast),
        ["let"] = (compiler, form, scope, isLast) => compiler.Let(form, scope, isLast),
        ["let*"] = (compiler, form, scope, isLast) => compiler.LetInTurn(form, scope, isLast),
        ["letrec"] = (compiler, form, scope, isLast) => compiler.Letrec(form, scope, isLast),
        ["lambda"] = (compiler, form, scope, _) => compiler.Lambda(form, scope),
        ["define"] = (_, form, _, _) => throw Bad(form, "define stands at the beginning of a program or body, not in an expression"),
        ["unquote"] = (_, form, _, _) => throw Bad(form, "unquote stands in a quasiquote only"),
        ["unquote-splicing"] = (_, form, _, _) => throw Bad(form, "unquote-splicing stands in a list of a quasiquote only"),
        ["else"] = (_, form, _, _) => throw Bad(form, "else stands in the last clause of cond or case only"),
        ["=>"] = (_, form, _, _) => throw Bad(form, "=> stands in a clause of cond only"),
    };

    private readonly Dictionary<string, int> _globals = [];
    private readonly Dictionary<string, SexpPrimitive> _primitives;

    internal Compiler(IEnumerable<SexpPrimitive> added)
    {
        _primitives = Builtins.All.ToDictionary(primitive => primitive.Name);
        foreach (SexpPrimitive primitive in added)
            _primitives[primitive.Name] = primitive;
    }

    /// <summary>Names of all forms and functions of the language.</summary>
    internal static IEnumerable<string> Words => Forms.Keys.Concat(Builtins.All.Select(primitive => primitive.Name));

    internal int GlobalCount => _globals.Count;

    /// <summary>Compiles a program: definitions and expressions, of which the last one gives its value.</summary>
    internal LambdaCode Program(IReadOnlyList<Datum> forms, IReadOnlyList<string> parameters)
    {
        if (forms.Count == 0)
            throw new SexpException(SexpFault.BadProgram, "expected a program, found nothing");
        foreach (Datum form in forms)
            if (form.Nesting > DeepestProgram)
                throw Bad(form, $"a program nests no deeper than {DeepestProgram}");
        var scope = new FunctionScope(outer: null);
        foreach (string parameter in parameters)
            scope.Add(Name(Datum.Atom(parameter)));
        foreach (Datum form in forms)
            if (IsForm(form, "define"u8) && !_globals.TryAdd(DefinedName(form).Text, _globals.Count))
                throw Bad(form, $"{DefinedName(form).Text} is defined twice");
        var parts = new Node[forms.Count];
        for (int i = 0; i < parts.Length; i++)
            parts[i] = IsForm(forms[i], "define"u8)
                ? new DefineGlobal(_globals[DefinedName(forms[i]).Text], DefinedValue(forms[i], scope), forms[i].Position)
                : Expression(forms[i], scope, isLast: i == parts.Length - 1);
        return new LambdaCode("the program", parameters.Count, scope.Slots, [], parts.Length == 1 ? parts[0] : new Sequence(parts, forms[0].Position));
    }

    private Node Expression(Datum datum, FunctionScope scope, bool isLast)
    {
        if (datum.Kind == DatumKind.Symbol)
            return Reference(datum, scope);
        if (datum.Kind != DatumKind.List)
            return new Constant(SexpValue.From(datum), datum.Position);
        if (datum.Items.IsEmpty)
            throw Bad(datum, "expected a function to call, found (); the empty list is '()");
        Datum head = datum.Items[0];
        if (head.Kind != DatumKind.Symbol)
            return Call(Expression(head, scope, isLast: false), datum, scope, isLast);
        string name = head.Text;
        if (Forms.TryGetValue(name, out Form? form))
            return form(this, datum, scope, isLast);
        if (scope.Find(name, head.Position) is null && !_globals.ContainsKey(name) && _primitives.TryGetValue(name, out SexpPrimitive? primitive))
            return Call(primitive, datum, scope);
        return Call(Reference(head, scope), datum, scope, isLast);
    }

    private Node Reference(Datum symbol, FunctionScope scope)
    {
        string name = symbol.Text;
        if (name is "#t" or "#f")
            return new Constant(name == "#t", symbol.Position);
        if (scope.Find(name, symbol.Position) is { } variable)
            return variable.IsBoxed ? new BoxedLocal(variable.Slot, name, symbol.Position) : new Local(variable.Slot, symbol.Position);
        if (_globals.TryGetValue(name, out int global))
            return new Global(global, name, symbol.Position);
        if (_primitives.TryGetValue(name, out SexpPrimitive? primitive))
            return new Constant(new SexpValue(primitive), symbol.Position);
        throw Forms.ContainsKey(name) ? Bad(symbol, $"{name} is a form, no value; write ({name} ...)")
            : new SexpException(SexpFault.BadProgram, $"there is no {name}", symbol.Position) { UnknownName = name };
    }

    private Call Call(Node function, Datum form, FunctionScope scope, bool isLast) =>
        new(function, Expressions(form.Items[1..], scope), isLast, form.Position);

    private Node Call(SexpPrimitive primitive, Datum form, FunctionScope scope)
    {
        Node[] arguments = Expressions(form.Items[1..], scope);
        if (!primitive.Takes(arguments.Length))
            throw Bad(form, $"{primitive.Name} takes {primitive.Arity}, found {arguments.Length}");
        return arguments.Length == 2 && Operations.TryMake(primitive, arguments[0], arguments[1], form.Position) is { } operation ? operation
            : primitive.Unary is not null ? new UnaryCall(primitive, arguments[0], form.Position)
            : primitive.Binary is not null ? new BinaryCall(primitive, arguments[0], arguments[1], form.Position)
            : new VariadicCall(primitive, arguments, form.Position);
    }

    private Node[] Expressions(ReadOnlySpan<Datum> data, FunctionScope scope)
    {
        var nodes = new Node[data.Length];
        for (int i = 0; i < nodes.Length; i++)
            nodes[i] = Expression(data[i], scope, isLast: false);
        return nodes;
    }

    private static bool IsForm(Datum datum, ReadOnlySpan<byte> name) =>
        datum.Kind == DatumKind.List && !datum.Items.IsEmpty && datum.Items[0].IsSymbol(name);

    private static Datum Name(Datum datum) =>
        datum.Kind != DatumKind.Symbol ? throw Bad(datum, $"expected a name, found {datum}")
        : Forms.ContainsKey(datum.Text) || datum.Text is "#t" or "#f" ? throw Bad(datum, $"{datum} means something already and cannot be a name")
        : datum;

    private static SexpException Bad(Datum where, string message) => new(SexpFault.BadProgram, message, where.Position);

    private static void Expect(bool isGood, Datum form, string shape)
    {
        if (!isGood)
            throw Bad(form, $"expected {shape}");
    }
}
