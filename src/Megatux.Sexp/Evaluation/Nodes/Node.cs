namespace Megatux.Sexp;

/// <summary>An expression that is compiled: names are places, forms are objects, and nothing is looked up when it runs.</summary>
/// <param name="position">Where the expression stands in the program.</param>
/// <param name="height">How many expressions are in each other, this one with them.</param>
/// <param name="parts">How many expressions or data it consists of.</param>
internal abstract class Node(SexpPosition position, int height, int parts = 0)
{
    private const int PartsOfStep = 8;

    /// <summary>
    /// Steps that evaluating it takes: one, and more where it has many parts, so that no program does much between two steps. Names and
    /// constants are parts and take none.
    /// </summary>
    internal long Cost { get; } = 1 + parts / PartsOfStep;

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
