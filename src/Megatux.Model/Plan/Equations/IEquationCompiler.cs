using System.Diagnostics.CodeAnalysis;

namespace Megatux.Model;

/// <summary>An expression of one integer, compiled. Any number of threads may ask it; it always ends, and does the same everywhere.</summary>
public interface ICompiledEquation
{
    /// <summary>Computes it.</summary>
    /// <param name="argument">The value of its variable.</param>
    /// <param name="value">What it gives.</param>
    /// <param name="fault">Why it gives no integer, and where in the text.</param>
    /// <returns>False when it gives none.</returns>
    bool TryCompute(long argument, out long value, [NotNullWhen(false)] out string? fault);
}

/// <summary>
/// What makes something to compute of the text of an equation. The plan knows no language: whoever reads an experiment
/// brings the one compiler that there is (Megatux.Equations).
/// </summary>
public interface IEquationCompiler
{
    /// <summary>Compiles an expression.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="variable">The name of its one variable.</param>
    /// <param name="parameters">Names that stand for numbers.</param>
    /// <exception cref="MegatuxException">It is none (<see cref="ErrorCodes.EquationMalformed"/>); the message says where, and not of what.</exception>
    ICompiledEquation Compile(string text, string variable, IReadOnlyList<KeyValuePair<string, long>> parameters);
}
