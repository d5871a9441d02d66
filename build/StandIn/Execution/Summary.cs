namespace Nuke.Common.Execution;

/// <summary>The table at the end: target, status, duration.</summary>
internal static class Summary
{
    private const int StatusWidth = 12;
    private const int DurationWidth = 10;

    public static void Write(TextWriter output, IReadOnlyList<ExecutableTarget> plan, bool succeeded)
    {
        int nameWidth = plan.Max(target => target.Name.Length) + 3;
        int width = Math.Max(nameWidth, "Target".Length + 3) + StatusWidth + DurationWidth;
        nameWidth = width - StatusWidth - DurationWidth;

        output.WriteLine($"\n{new string('═', width)}");
        Row("Target", "Status", "Duration");
        output.WriteLine(new string('─', width));
        foreach (ExecutableTarget target in plan)
        {
            bool ran = target.Status is ExecutionStatus.Succeeded or ExecutionStatus.Failed;
            Row(target.Name, $"{target.Status}", ran ? Text(target.Duration) : "",
                target.SkipReason is { } reason ? $"  // {reason}" : "");
        }
        output.WriteLine(new string('─', width));
        Row("Total", "", Text(plan.Aggregate(TimeSpan.Zero, (sum, target) => sum + target.Duration)));
        output.WriteLine(new string('═', width));
        output.WriteLine(succeeded ? "Build succeeded." : "Build failed: "
            + string.Join(", ", plan.Where(target => target.Status == ExecutionStatus.Failed).Select(target => target.Name)) + ".");

        void Row(string name, string status, string duration, string note = "") => output.WriteLine(
            (name.PadRight(nameWidth) + status.PadRight(StatusWidth) + duration.PadLeft(DurationWidth) + note).TrimEnd());
    }

    private static string Text(TimeSpan duration) =>
        duration < TimeSpan.FromSeconds(1) ? "< 1sec" : $"{(int)duration.TotalMinutes}:{duration.Seconds:00}";
}
