using Megatux.Building;
using System.Reflection;

namespace Nuke.Common.Execution;

/// <summary>All targets of a build, in the order of their declaration.</summary>
internal sealed class TargetSet
{
    // A property makes a new delegate at every call, but delegates of one method on one object are equal.
    private readonly Dictionary<Target, ExecutableTarget> _byFactory = [];
    private readonly List<ExecutableTarget> _all = [];

    public TargetSet(NukeBuild build)
    {
        foreach (PropertyInfo property in PropertiesOf(build.GetType()))
        {
            var factory = (Target)property.GetValue(build)!;
            var target = new ExecutableTarget(property.Name, factory);
            if (!_byFactory.TryAdd(factory, target))
                throw new BuildException($"targets '{_byFactory[factory].Name}' and '{target.Name}' are one and the same");
            factory(target);
            _all.Add(target);
        }
    }

    public IReadOnlyList<ExecutableTarget> All => _all;

    /// <summary>The target that a definition refers to.</summary>
    public ExecutableTarget this[Target factory] => _byFactory.TryGetValue(factory, out ExecutableTarget? target)
        ? target : throw new BuildException($"a definition refers to '{factory.Method.Name}', which is no target property of the build");

    /// <summary>The target of a name as typed, in any case.</summary>
    public ExecutableTarget Named(string name) =>
        _all.Find(target => target.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new BuildException($"there is no target '{name}'{NearestName.Hint(name, _all.Select(target => target.Name))}");

    private static IEnumerable<PropertyInfo> PropertiesOf(Type? type) =>
        type is null || type == typeof(NukeBuild) ? [] : PropertiesOf(type.BaseType).Concat(type
            .GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(property => property.PropertyType == typeof(Target)));
}
