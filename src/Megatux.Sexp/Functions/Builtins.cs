namespace Megatux.Sexp;

/// <summary>The functions of the language. Each charges what it does before it does it.</summary>
internal static class Builtins
{
    internal static SexpPrimitive[] All { get; } =
    [
        .. Arithmetic.Functions, .. Comparisons.Functions, .. Integers.Functions, .. Reals.Functions,
        .. Lists.Functions, .. Searches.Functions, .. HigherOrder.Functions, .. Texts.Functions, .. Predicates.Functions,
    ];
}
