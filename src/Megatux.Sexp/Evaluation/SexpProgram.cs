namespace Megatux.Sexp;

/// <summary>
/// A program that is compiled once and run often, by any number of threads, each with a <see cref="SexpRunner"/> of its own. It has no
/// effects, no clock and no randomness, and always ends: see docs/sexp.md.
/// </summary>
public sealed class SexpProgram
{
    private SexpProgram(LambdaCode code, int globals, IReadOnlyList<string> parameters) => (Code, Globals, Parameters) = (code, globals, parameters);

    /// <summary>Names of all forms and functions of the language, for who guesses which one was meant.</summary>
    public static IEnumerable<string> Words => Compiler.Words;

    /// <summary>The names of its arguments.</summary>
    public IReadOnlyList<string> Parameters { get; }

    internal LambdaCode Code { get; }

    internal int Globals { get; }

    /// <summary>Compiles a program.</summary>
    /// <param name="forms">Definitions and expressions; the last expression gives its value.</param>
    /// <param name="parameters">Names of the arguments that it is run with.</param>
    /// <param name="primitives">Built-in functions besides those of the language, or in their place.</param>
    /// <exception cref="SexpException">It is none (<see cref="SexpFault.BadProgram"/>); the position says where.</exception>
    public static SexpProgram Compile(IReadOnlyList<Datum> forms, IReadOnlyList<string>? parameters = null, IEnumerable<SexpPrimitive>? primitives = null)
    {
        ArgumentNullException.ThrowIfNull(forms);
        var compiler = new Compiler(primitives ?? []);
        LambdaCode code = compiler.Program(forms, parameters ?? []);
        return new SexpProgram(code, compiler.GlobalCount, parameters ?? []);
    }

    /// <inheritdoc cref="Compile(IReadOnlyList{Datum}, IReadOnlyList{string}?, IEnumerable{SexpPrimitive}?)"/>
    /// <param name="text">The program.</param>
    /// <param name="parameters">Names of the arguments that it is run with.</param>
    /// <param name="primitives">Built-in functions besides those of the language, or in their place.</param>
    public static SexpProgram Compile(string text, IReadOnlyList<string>? parameters = null, IEnumerable<SexpPrimitive>? primitives = null) =>
        Compile(Datum.ParseAll(text), parameters, primitives);

    /// <summary>Runs it once; who runs it often keeps a <see cref="SexpRunner"/>.</summary>
    /// <exception cref="SexpException">As of <see cref="SexpRunner.Run(ReadOnlySpan{SexpValue})"/>.</exception>
    public SexpValue Run(params ReadOnlySpan<SexpValue> arguments) => new SexpRunner(this).Run(arguments);
}
