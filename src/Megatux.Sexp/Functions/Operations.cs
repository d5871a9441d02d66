namespace Megatux.Sexp;

/// <summary>Which functions of two numbers have expressions of their own.</summary>
internal static class Operations
{
    private delegate Node Make(string name, Node first, Node second, SexpPosition position);

    private static readonly Dictionary<string, Make> Known = new()
    {
        ["+"] = New<Arithmetic.Add>,
        ["-"] = New<Arithmetic.Subtract>,
        ["*"] = New<Arithmetic.Multiply>,
        ["="] = New<Comparisons.Equal>,
        ["<"] = New<Comparisons.Less>,
        [">"] = New<Comparisons.Greater>,
        ["<="] = New<Comparisons.AtMost>,
        [">="] = New<Comparisons.AtLeast>,
    };

    internal static Node? TryMake(SexpPrimitive primitive, Node first, Node second, SexpPosition position) =>
        Builtins.All.Contains(primitive) && Known.TryGetValue(primitive.Name, out Make? make) ? make(primitive.Name, first, second, position) : null;

    private static Operation<TOperation> New<TOperation>(string name, Node first, Node second, SexpPosition position)
        where TOperation : struct, IOperation => new(name, first, second, position);
}
