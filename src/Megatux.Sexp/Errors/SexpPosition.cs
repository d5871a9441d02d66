using System.Globalization;

namespace Megatux.Sexp;

/// <summary>A place in a text.</summary>
/// <param name="Line">Line, counted from 1; 0 for what stands in no text.</param>
/// <param name="Column">Column, counted from 1 in bytes.</param>
public readonly record struct SexpPosition(int Line, int Column)
{
    /// <summary>The form that people read: <c>line:column</c>; nothing for what stands in no text.</summary>
    public override string ToString() => Line == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{Line}:{Column}");
}
