using System.Text;
using Megatux.Model;
using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>
/// A program that says what is known of many nodes: <c>(define (sample node s) ...)</c> gives a list of <c>(KEY VALUE)</c> for a node's
/// sample, and values of one key merge. It is immutable, and compiled anew where it is run; see docs/pushmon.md.
/// </summary>
public sealed class Reduction
{
    /// <summary>Bytes of a program's text, at most.</summary>
    public const int MostTextBytes = 64 << 10;

    /// <summary>Letters of a name, at most.</summary>
    public const int MostNameLength = 64;

    private const string SampleFunction = "sample", MergeFunction = "merge";

    // No program can mean these by accident, and none has to.
    private const string First = "%1", Second = "%2", Third = "%3";

    private static readonly SexpLimits Limits = new() { MaxMessageBytes = MostTextBytes, MaxTokenBytes = MostTextBytes };

    private readonly IReadOnlyList<Datum> _forms;

    private Reduction(string name, string text, IReadOnlyList<Datum> forms)
    {
        (Name, Text, _forms) = (name, text, forms);
        HasMerge = Definition(MergeFunction, "(key a b)", 3) is not null;
        if (Definition(SampleFunction, "(node s)", 2) is not { } sample)
            throw Malformed("expected a definition (define (sample node s) ...), found none");
        Direct = DirectProgram.TryCompile(sample, forms);
    }

    /// <summary>The built-in one, <c>nodes</c>: load, memory, traffic and tasks of all nodes, and the busiest of them.</summary>
    public static Reduction Nodes { get; } = Compile("nodes", ReadNodes());

    /// <summary>What people call it.</summary>
    public string Name { get; }

    /// <summary>The program as it was given.</summary>
    public string Text { get; }

    /// <summary>Whether it says itself how values merge that are no built-in aggregates.</summary>
    internal bool HasMerge { get; }

    /// <summary>The same program without a machine between; null for one that is not simple enough.</summary>
    internal DirectProgram? Direct { get; }

    /// <summary>Compiles a reduction.</summary>
    /// <param name="name">Letters, digits, dashes, dots and underscores, 1 to 64 of them; a letter is first.</param>
    /// <param name="text">The program, at most 64 KiB.</param>
    /// <exception cref="MegatuxException">
    /// The name is none (<see cref="ErrorCodes.ReductionBadName"/>), the text too long (<see cref="ErrorCodes.ReductionTooLong"/>) or no
    /// reduction (<see cref="ErrorCodes.ReductionMalformed"/>).
    /// </exception>
    public static Reduction Compile(string name, string text)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(text);
        if (!IsName(name))
            throw new MegatuxException(ErrorCodes.ReductionBadName,
                $"expected a name of letters, digits, '-', '.' and '_' with a letter first and at most {MostNameLength} in all; give the reduction another name.");
        int length = Encoding.UTF8.GetByteCount(text);
        if (length > MostTextBytes)
            throw new MegatuxException(ErrorCodes.ReductionTooLong,
                $"the reduction {name} has {length} bytes, more than {MostTextBytes}; say the same with less, or make two of it.");
        try
        {
            var reduction = new Reduction(name, text, Datum.ParseAll(text, Limits));
            var functions = new SampleFunctions();
            reduction.CompileSample(functions);
            reduction.CompileMerge(functions);
            return reduction;
        }
        catch (SexpException error)
        {
            throw new MegatuxException(ErrorCodes.ReductionMalformed, $"the reduction {name} cannot be compiled: {error.Message}",
                where: error.Position.Line == 0 ? null : new SourceLocation(name, error.Position.Line, error.Position.Column), inner: error);
        }
    }

    /// <summary>The program that takes a node's name and its sample.</summary>
    internal SexpProgram CompileSample(SampleFunctions functions) => Compile(functions, SampleFunction, First, Second);

    /// <summary>The program that takes a key and two values; null when there is none.</summary>
    internal SexpProgram? CompileMerge(SampleFunctions functions) => HasMerge ? Compile(functions, MergeFunction, First, Second, Third) : null;

    private SexpProgram Compile(SampleFunctions functions, string function, params string[] parameters)
    {
        Datum call = Datum.List([Datum.Atom(function), .. parameters.Select(parameter => Datum.Atom(parameter))]);
        return SexpProgram.Compile([.. _forms, call], parameters, functions.All);
    }

    /// <summary>A function that the program defines at its top.</summary>
    private Datum? Definition(string name, string parameters, int count)
    {
        foreach (Datum form in _forms)
        {
            if (form.Items is not [var define, var head, ..] || !define.IsSymbol("define"u8))
                continue;
            if (head.Items is [var function, .. var names] && function.Kind == DatumKind.Symbol && function.Text == name)
                return names.Length == count ? form : throw Malformed($"expected {parameters} as the parameters of {name}", head.Position);
        }

        return null;
    }

    private static SexpException Malformed(string message, SexpPosition position = default) => new(SexpFault.BadProgram, message, position);

    private static bool IsName(string name) => name.Length is >= 1 and <= MostNameLength && char.IsAsciiLetter(name[0])
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_');

    private static string ReadNodes()
    {
        using Stream resource = typeof(Reduction).Assembly.GetManifestResourceStream("nodes.scm")
            ?? throw new InvalidOperationException("nodes.scm is in no resource");
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }
}
