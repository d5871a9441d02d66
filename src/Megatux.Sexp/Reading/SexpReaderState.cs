namespace Megatux.Sexp;

/// <summary>Where a reader stands between two buffers; the default is the beginning of a text.</summary>
public readonly struct SexpReaderState
{
    internal long Offset { get; init; }
    internal long LineStart { get; init; }
    internal int LinesBefore { get; init; }
    internal int Depth { get; init; }
    internal int Quotes { get; init; }
    internal long MessageStart { get; init; }
    internal bool IsInComment { get; init; }
}
