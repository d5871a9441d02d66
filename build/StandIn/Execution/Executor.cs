using System.Diagnostics;

namespace Nuke.Common.Execution;

/// <summary>Runs the targets of a plan one after another.</summary>
internal sealed class Executor(IReadOnlyList<ExecutableTarget> plan, TextWriter output)
{
    /// <summary>Whether every target that should have run did so and succeeded.</summary>
    public bool Run()
    {
        var failed = false;
        var stopped = false;
        foreach (ExecutableTarget target in plan.Where(target => target.Status == ExecutionStatus.Scheduled))
        {
            if (stopped && !target.IsAssuredAfterFailure)
            {
                target.Status = ExecutionStatus.NotRun;
                continue;
            }

            Run(target);
            failed |= target.Status == ExecutionStatus.Failed;
            stopped |= target.Status == ExecutionStatus.Failed && !target.ProceedsAfterFailure;
        }
        return !failed;
    }

    private void Run(ExecutableTarget target)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            if (target.DynamicConditions.Find(condition => !condition.Holds()).Text is { } unmet)
            {
                (target.Status, target.SkipReason) = (ExecutionStatus.Skipped, unmet);
                return;
            }

            if (target.Actions.Count > 0)
                output.WriteLine($"\n── {target.Name} ──");
            foreach (Func<Task> action in target.Actions)
                action().GetAwaiter().GetResult();
            target.Status = target.Actions.Count > 0 ? ExecutionStatus.Succeeded : ExecutionStatus.Collective;
        }
        catch (Exception problem)
        {
            // What the build or this folder throws on purpose says all there is to say; anything else needs its place.
            bool isExpected = problem.GetType().Assembly == typeof(Executor).Assembly;
            output.WriteLine($"error: {target.Name}: {(isExpected ? problem.Message : problem)}");
            target.Status = ExecutionStatus.Failed;
        }
        finally
        {
            target.Duration = Stopwatch.GetElapsedTime(start);
        }
    }
}
