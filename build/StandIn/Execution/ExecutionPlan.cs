namespace Nuke.Common.Execution;

/// <summary>Which targets run, in which order.</summary>
internal static class ExecutionPlan
{
    /// <summary>
    /// The invoked targets with all that they depend on or trigger, each after its predecessors and otherwise as
    /// invoked. A cycle anywhere in the build is an error, so that it does not wait for the day its targets are called.
    /// </summary>
    public static IReadOnlyList<ExecutableTarget> For(TargetSet targets, IEnumerable<ExecutableTarget> invoked)
    {
        Dictionary<ExecutableTarget, List<ExecutableTarget>> predecessors = Predecessors(targets);
        Sort(targets.All, predecessors, _ => true);

        List<ExecutableTarget> scheduled = [];
        foreach (ExecutableTarget target in invoked)
            Schedule(target, targets, scheduled);
        var members = scheduled.ToHashSet();
        return [.. Sort(scheduled, predecessors, members.Contains)];
    }

    private static void Schedule(ExecutableTarget target, TargetSet targets, List<ExecutableTarget> scheduled)
    {
        if (scheduled.Contains(target))
            return;
        scheduled.Add(target);
        foreach (Target other in target.Dependencies.Concat(target.Triggered))
            Schedule(targets[other], targets, scheduled);
    }

    private static Dictionary<ExecutableTarget, List<ExecutableTarget>> Predecessors(TargetSet targets)
    {
        Dictionary<ExecutableTarget, List<ExecutableTarget>> predecessors = targets.All.ToDictionary(
            target => target, target => target.Dependencies.Concat(target.Predecessors).Select(other => targets[other]).ToList());
        foreach (ExecutableTarget target in targets.All)
            foreach (Target later in target.Successors.Concat(target.Triggered))
                predecessors[targets[later]].Add(target);
        return predecessors;
    }

    private static List<ExecutableTarget> Sort(IEnumerable<ExecutableTarget> targets,
        Dictionary<ExecutableTarget, List<ExecutableTarget>> predecessors, Func<ExecutableTarget, bool> counts)
    {
        List<ExecutableTarget> sorted = [];
        List<ExecutableTarget> path = [];
        HashSet<ExecutableTarget> done = [];
        foreach (ExecutableTarget target in targets)
            Visit(target);
        return sorted;

        void Visit(ExecutableTarget target)
        {
            if (done.Contains(target) || !counts(target))
                return;
            int start = path.IndexOf(target);
            if (start >= 0)
            {
                // The path leads from a target to what must precede it; in the order of running it reads forwards.
                IEnumerable<string> members = path[start..].Append(target).Select(member => member.Name).Reverse();
                throw new BuildException($"targets wait for each other in a circle: {string.Join(" -> ", members)}");
            }

            path.Add(target);
            foreach (ExecutableTarget predecessor in predecessors[target])
                Visit(predecessor);
            path.RemoveAt(path.Count - 1);
            done.Add(target);
            sorted.Add(target);
        }
    }
}
