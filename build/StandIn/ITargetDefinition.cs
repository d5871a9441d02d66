using System.Linq.Expressions;
using System.Runtime.CompilerServices;

namespace Nuke.Common;

/// <summary>What can be said about a target. Every member returns the definition itself.</summary>
public interface ITargetDefinition
{
    /// <summary>Says in one line what the target is for; shown by <c>--help</c>.</summary>
    ITargetDefinition Description(string description);

    /// <summary>Adds actions, run in the order given.</summary>
    ITargetDefinition Executes(params Action[] actions);

    /// <summary>Adds an asynchronous action, run to its end before what follows.</summary>
    ITargetDefinition Executes(Func<Task> action);

    /// <summary>Schedules other targets, which run before this one.</summary>
    ITargetDefinition DependsOn(params Target[] targets);

    /// <summary>Orders this target before others, where both are scheduled.</summary>
    ITargetDefinition Before(params Target[] targets);

    /// <summary>Orders this target after others, where both are scheduled.</summary>
    ITargetDefinition After(params Target[] targets);

    /// <summary>Schedules other targets, which run after this one.</summary>
    ITargetDefinition Triggers(params Target[] targets);

    /// <summary>Demands conditions, checked before any target runs.</summary>
    ITargetDefinition Requires(Expression<Func<bool>> requirement, params Expression<Func<bool>>[] requirements);

    /// <summary>Demands parameters that have a value, checked before any target runs.</summary>
    ITargetDefinition Requires<T>(Expression<Func<T>> parameterRequirement,
        params Expression<Func<T>>[] parameterRequirements) where T : class;

    /// <summary>Skips the target unless the condition, evaluated before any target runs, holds.</summary>
    ITargetDefinition OnlyWhenStatic(Func<bool> condition,
        [CallerArgumentExpression(nameof(condition))] string? conditionExpression = null);

    /// <summary>Skips the target unless the condition, evaluated when its turn comes, holds.</summary>
    ITargetDefinition OnlyWhenDynamic(Func<bool> condition,
        [CallerArgumentExpression(nameof(condition))] string? conditionExpression = null);

    /// <summary>Lets the targets after this one run even when it fails; the build fails nevertheless.</summary>
    ITargetDefinition ProceedAfterFailure();

    /// <summary>Runs this target even when one before it failed.</summary>
    ITargetDefinition AssuredAfterFailure();

    /// <summary>Leaves the target out of <c>--help</c>.</summary>
    ITargetDefinition Unlisted();

    /// <summary>Names the files that the target makes; shown by <c>--plan</c>.</summary>
    ITargetDefinition Produces(params string[] artifacts);
}
