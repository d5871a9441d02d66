namespace Megatux.Sexp;

/// <summary>An expression that is compiled: names are places, forms are objects, and nothing is looked up when it runs.</summary>
/// <param name="position">Where the expression stands in the program.</param>
/// <param name="height">How many expressions are in each other, this one with them.</param>
internal abstract class Node(SexpPosition position, int height)
{
    internal SexpPosition Position => position;

    internal int Height => height;

    /// <summary>The value of the expression.</summary>
    /// <param name="machine">The run.</param>
    /// <param name="frame">Where the variables of the function begin on its stack.</param>
    internal abstract SexpValue Evaluate(Machine machine, int frame);

    private protected static int Above(params ReadOnlySpan<Node> parts)
    {
        int height = 0;
        foreach (Node part in parts)
            height = Math.Max(height, part.Height);
        return height + 1;
    }
}
