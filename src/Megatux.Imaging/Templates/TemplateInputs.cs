namespace Megatux.Imaging;

/// <summary>What a template's output depends on: with the files' bytes and the variables' description, a whole cache key.</summary>
/// <param name="Files">The template and every partial that it may include, sorted but for the template, which comes first.</param>
/// <param name="Names">
/// Top-level names that it may read, for <see cref="TemplateVariables.Describe"/>; null when it may read any of them.
/// </param>
public sealed record TemplateInputs(IReadOnlyList<string> Files, IReadOnlySet<string>? Names);
