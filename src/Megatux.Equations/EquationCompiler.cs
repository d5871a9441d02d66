using Megatux.Model;
using Megatux.Sexp;

namespace Megatux.Equations;

/// <summary>Compiles the equations of experiments: S-expressions (docs/sexp.md) that know addresses, too (docs/equations.md).</summary>
public sealed class EquationCompiler : IEquationCompiler
{
    private EquationCompiler()
    {
    }

    /// <summary>The one there is.</summary>
    public static EquationCompiler Instance { get; } = new();

    /// <inheritdoc/>
    public ICompiledEquation Compile(string text, string variable, IReadOnlyList<KeyValuePair<string, long>> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        try
        {
            return new CompiledEquation(SexpProgram.Compile(text, [variable, .. parameters.Select(parameter => parameter.Key)], AddressFunctions.All),
                [.. parameters.Select(parameter => parameter.Value)]);
        }
        catch (SexpException malformed)
        {
            string hint = malformed.UnknownName is { } unknown && NearestName.Of(unknown, Known(variable, parameters)) is { } near ? $"; did you mean {near}?" : ".";
            string names = malformed.UnknownName is null ? "" : $" Its variable is {variable}; it knows {string.Join(", ", parameters.Select(parameter => parameter.Key))}.";
            throw new MegatuxException(ErrorCodes.EquationMalformed, $"{malformed.Message}{hint}{names}", inner: malformed);
        }
    }

    private static IEnumerable<string> Known(string variable, IReadOnlyList<KeyValuePair<string, long>> parameters) =>
        [variable, .. parameters.Select(parameter => parameter.Key), .. AddressFunctions.All.Select(function => function.Name), .. SexpProgram.Words];
}
