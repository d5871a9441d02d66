namespace Megatux.Model;

/// <summary>A place in a text file that a person wrote.</summary>
/// <param name="File">Path of the file.</param>
/// <param name="Line">Line, counted from 1; 0 when only the file is known.</param>
/// <param name="Column">Column, counted from 1; 0 when only the line is known.</param>
public readonly record struct SourceLocation(string File, int Line = 0, int Column = 0)
{
    /// <summary>The form that editors and MSBuild understand: <c>file(line,column)</c>.</summary>
    public override string ToString() =>
        Line == 0 ? File : Column == 0 ? $"{File}({Line})" : $"{File}({Line},{Column})";
}
