namespace Megatux.Pushmon;

/// <summary>Something that went wrong in a reduction.</summary>
/// <param name="Name">The reduction's name.</param>
/// <param name="Count">How many times.</param>
/// <param name="Text">One of the times.</param>
public sealed record ReductionProblem(string Name, long Count, string Text);
