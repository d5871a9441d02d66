namespace Nuke.Common.Execution;

/// <summary>What <c>--help</c> and <c>--plan</c> print.</summary>
internal static class HelpText
{
    private static readonly (string Name, string Text)[] OwnOptions =
    [
        ("--target", "Targets to run, as an alternative to naming them first."),
        ("--skip", "Targets to skip; without names, all that were not asked for."),
        ("--plan", "Shows what would run, in which order, and why."),
        ("--help", "Shows this."),
    ];

    public static void Write(TextWriter output, TargetSet targets, IReadOnlyList<ExecutableTarget> defaults,
        IReadOnlyList<Parameter> parameters)
    {
        output.WriteLine("./build.sh [TARGETS] [--options]\n\nTargets:");
        WriteColumns(output, targets.All.Where(target => target.IsListed).Select(target => (
            target.Name + (defaults.Contains(target) ? " (default)" : ""),
            target.Summary + After(target, targets))));
        output.WriteLine("\nParameters (from the command line, or else from the environment as NUKE_NAME or NAME):");
        WriteColumns(output, parameters
            .Select(parameter => ($"--{ParameterName.Dashed(parameter.Name)}", parameter.Description ?? "")).Concat(OwnOptions));
    }

    public static void WritePlan(TextWriter output, IReadOnlyList<ExecutableTarget> plan, TargetSet targets)
    {
        output.WriteLine("Would run, in this order:");
        WriteColumns(output, plan.Select((target, index) => ($"{index + 1}. {target.Name}", Remarks(target, targets))));
    }

    private static string Remarks(ExecutableTarget target, TargetSet targets)
    {
        string skipped = target.Status == ExecutionStatus.Skipped ? $"  [skipped: {target.SkipReason}]" : "";
        string products = target.Products.Count > 0 ? $"  [makes: {string.Join(", ", target.Products)}]" : "";
        return After(target, targets).TrimStart() + skipped + products;
    }

    private static string After(ExecutableTarget target, TargetSet targets) => target.Dependencies.Count == 0 ? ""
        : $"  <- {string.Join(", ", target.Dependencies.Select(other => targets[other].Name))}";

    private static void WriteColumns(TextWriter output, IEnumerable<(string Name, string Text)> rows)
    {
        (string Name, string Text)[] all = [.. rows];
        int width = all.Max(row => row.Name.Length) + 3;
        foreach ((string name, string text) in all)
            output.WriteLine($"  {name.PadRight(width)}{text.Trim()}".TrimEnd());
    }
}
