using Megatux.Model;

namespace Megatux.Cli;

/// <summary>How a boot went.</summary>
/// <param name="Summary">One line about what came up.</param>
/// <param name="Problem">Why it did not come up; null if it did.</param>
/// <param name="LastLines">What the console showed last, safe to print.</param>
internal sealed record BootReport(string Summary, Problem? Problem, IReadOnlyCollection<string> LastLines);
