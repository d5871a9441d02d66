namespace Megatux.Sexp;

/// <summary>Says what the bits of a value are.</summary>
internal sealed class Tag
{
    internal static readonly Tag Boolean = new("a truth value", isNumber: false, 0);
    internal static readonly Tag Double = new("a number", isNumber: true, 0);
    internal static readonly Tag Unset = new("nothing", isNumber: false, 0);

    /// <summary>Exact numbers by how many digits stand behind their point; integers have no tag.</summary>
    internal static readonly Tag[] Scales =
        [.. Enumerable.Range(0, ExactNumber.MaxScale + 1).Select(scale => new Tag("a number", isNumber: true, scale))];

    private Tag(string name, bool isNumber, int scale) => (Name, IsNumber, Scale) = (name, isNumber, scale);

    internal string Name { get; }

    internal bool IsNumber { get; }

    internal int Scale { get; }
}

/// <summary>A variable that functions see before it has its value.</summary>
internal sealed class Box
{
    internal const int Bytes = 32;

    internal SexpValue Value = SexpValue.Unset;
}
