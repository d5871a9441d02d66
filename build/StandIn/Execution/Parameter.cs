using System.Reflection;

namespace Nuke.Common.Execution;

/// <summary>A field or property of the build that the person sets.</summary>
internal sealed class Parameter
{
    private readonly MemberInfo _member;
    private readonly Type _type;

    private Parameter(MemberInfo member)
    {
        _member = member;
        _type = member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;
        if (_type != typeof(string) && _type != typeof(bool))
            throw new BuildException($"parameter {member.Name} is a {_type.Name}; it can be a string or a bool");
    }

    public string Name => _member.Name;

    public string? Description => _member.GetCustomAttribute<ParameterAttribute>()!.Description;

    public static IReadOnlyList<Parameter> Of(NukeBuild build) =>
    [
        .. build.GetType().GetMembers(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(member => member.IsDefined(typeof(ParameterAttribute), inherit: true))
            .Select(member => new Parameter(member)),
    ];

    /// <summary>Sets the member from the command line or else the environment; otherwise it keeps its own value.</summary>
    public void Inject(NukeBuild build, CommandLine line, Func<string, string?> environment)
    {
        object? value = _type == typeof(bool) ? line.Switch(Name) : line.Value(Name);
        string shouted = ParameterName.Shouted(Name);
        foreach (string variable in new[] { $"NUKE_{shouted}", shouted })
            if (value is null && environment(variable) is { Length: > 0 } text)
                value = _type == typeof(string) ? text : bool.TryParse(text, out bool on) ? on
                    : throw new BuildException($"the environment variable {variable} is '{text}'; it can be true or false");
        if (value is null)
            return;
        if (_member is FieldInfo field)
            field.SetValue(build, value);
        else
            ((PropertyInfo)_member).SetValue(build, value);
    }
}
