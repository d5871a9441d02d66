using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Nuke.Common.Execution;

/// <summary>How far a target has come, in NUKE's words.</summary>
internal enum ExecutionStatus
{
    Scheduled,
    NotRun,
    Skipped,
    Succeeded,
    Failed,

    // A target without actions, which only gathers others.
    Collective,
}

/// <summary>One target: what its definition says, and how it fared.</summary>
internal sealed partial class ExecutableTarget(string name, Target factory) : ITargetDefinition
{
    public string Name { get; } = name;
    public Target Factory { get; } = factory;
    public string? Summary { get; private set; }
    public bool IsListed { get; private set; } = true;
    public bool ProceedsAfterFailure { get; private set; }
    public bool IsAssuredAfterFailure { get; private set; }
    public List<Func<Task>> Actions { get; } = [];
    public List<Target> Dependencies { get; } = [];
    public List<Target> Successors { get; } = [];
    public List<Target> Predecessors { get; } = [];
    public List<Target> Triggered { get; } = [];
    public List<(Func<bool> IsMet, string Text)> Requirements { get; } = [];
    public List<(Func<bool> Holds, string Text)> StaticConditions { get; } = [];
    public List<(Func<bool> Holds, string Text)> DynamicConditions { get; } = [];
    public List<string> Products { get; } = [];

    public ExecutionStatus Status { get; set; }
    public string? SkipReason { get; set; }
    public TimeSpan Duration { get; set; }

    public ITargetDefinition Description(string description) => With(() => Summary = description);

    public ITargetDefinition Executes(params Action[] actions) => With(() =>
    {
        foreach (Action action in actions)
            Actions.Add(() =>
            {
                action();
                return Task.CompletedTask;
            });
    });

    public ITargetDefinition Executes(Func<Task> action) => With(() => Actions.Add(action));

    public ITargetDefinition DependsOn(params Target[] targets) => With(() => Dependencies.AddRange(targets));

    public ITargetDefinition Before(params Target[] targets) => With(() => Successors.AddRange(targets));

    public ITargetDefinition After(params Target[] targets) => With(() => Predecessors.AddRange(targets));

    public ITargetDefinition Triggers(params Target[] targets) => With(() => Triggered.AddRange(targets));

    public ITargetDefinition Requires(Expression<Func<bool>> requirement, params Expression<Func<bool>>[] requirements) =>
        With(() =>
        {
            foreach (Expression<Func<bool>> each in requirements.Prepend(requirement))
                Requirements.Add((each.Compile(), Readable(each.Body)));
        });

    public ITargetDefinition Requires<T>(Expression<Func<T>> parameterRequirement,
        params Expression<Func<T>>[] parameterRequirements) where T : class => With(() =>
    {
        foreach (Expression<Func<T>> each in parameterRequirements.Prepend(parameterRequirement))
        {
            Func<T> value = each.Compile();
            string name = (each.Body as MemberExpression)?.Member.Name is { } member
                ? $"--{ParameterName.Dashed(member)}" : Readable(each.Body);
            Requirements.Add((() => value() is not null, $"a value for {name}"));
        }
    });

    public ITargetDefinition OnlyWhenStatic(Func<bool> condition,
        [CallerArgumentExpression(nameof(condition))] string? conditionExpression = null) =>
        With(() => StaticConditions.Add((condition, conditionExpression!)));

    public ITargetDefinition OnlyWhenDynamic(Func<bool> condition,
        [CallerArgumentExpression(nameof(condition))] string? conditionExpression = null) =>
        With(() => DynamicConditions.Add((condition, conditionExpression!)));

    public ITargetDefinition ProceedAfterFailure() => With(() => ProceedsAfterFailure = true);

    public ITargetDefinition AssuredAfterFailure() => With(() => IsAssuredAfterFailure = true);

    public ITargetDefinition Unlisted() => With(() => IsListed = false);

    public ITargetDefinition Produces(params string[] artifacts) => With(() => Products.AddRange(artifacts));

    // An expression prints the object that a member belongs to as value(Build), which tells a person nothing.
    private static string Readable(Expression expression) => Receiver().Replace(expression.ToString(), "");

    [GeneratedRegex(@"value\([^)]*\)\.")]
    private static partial Regex Receiver();

    private ExecutableTarget With(Action change)
    {
        change();
        return this;
    }
}
