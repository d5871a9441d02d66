namespace Nuke.Common.Execution;

/// <summary>What is decided before any target runs.</summary>
internal sealed class Preparation(IReadOnlyList<ExecutableTarget> plan)
{
    /// <summary>Skips the targets whose static conditions do not hold, then demands the requirements of all others.</summary>
    public void Check()
    {
        foreach (ExecutableTarget target in plan.Where(target => target.Status == ExecutionStatus.Scheduled))
            if (target.StaticConditions.Find(condition => !condition.Holds()).Text is { } failed)
                (target.Status, target.SkipReason) = (ExecutionStatus.Skipped, failed);
        foreach (ExecutableTarget target in plan.Where(target => target.Status == ExecutionStatus.Scheduled))
            if (target.Requirements.Find(requirement => !requirement.IsMet()).Text is { } missing)
                throw new BuildException($"target '{target.Name}' requires {missing}");
    }
}
