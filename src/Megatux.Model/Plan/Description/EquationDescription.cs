namespace Megatux.Model;

/// <summary>A function of the address plan as a project file describes it: text, unread.</summary>
/// <param name="Function">Which one: <see cref="NodeEquationNames"/>.</param>
/// <param name="Expression">What it is; null where the project leaves it out.</param>
/// <param name="Inverse">Its inverse; null where that is to be found by bisection.</param>
public sealed record EquationDescription(string Function, string? Expression, string? Inverse);
