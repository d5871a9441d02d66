namespace Nuke.Common;

/// <summary>
/// Marks a field or property that is set from the command line (<c>--dashed-name value</c>) or else from the
/// environment (<c>NUKE_DASHED_NAME</c>, then <c>DASHED_NAME</c>). It is a string, or a bool that its bare name sets.
/// </summary>
/// <param name="description">What it is for; shown by <c>--help</c>.</param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class ParameterAttribute(string? description = null) : Attribute
{
    /// <summary>What the parameter is for.</summary>
    public string? Description { get; } = description;
}
