using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>
/// Follows a Handlebars template's blocks over the variables, to find the tag at which a name was missing and the names
/// that it could have used. Only messages depend on it: where it cannot know, it takes the engine's word.
/// </summary>
internal sealed class TemplateScopes
{
    /// <summary>How many names a message lists when none is near.</summary>
    private const int NamesListed = 12;

    /// <summary>Stands for a value that is not known before rendering; anything may be in it.</summary>
    private static readonly object Unknown = new();

    private readonly object _root;
    private readonly Stack<Scope> _scopes = [];

    private TemplateScopes(object root)
    {
        _root = root;
        _scopes.Push(new Scope("", root, []));
    }

    /// <summary>The first tag at which <paramref name="missing"/> cannot be found, and what to say of it.</summary>
    /// <returns>Null when no tag names it.</returns>
    public static (TemplateTag Tag, string Path, string Advice)? Find(
        string missing, IReadOnlyList<TemplateTag> tags, IReadOnlyDictionary<string, object?> variables)
    {
        var scopes = new TemplateScopes(variables);
        (TemplateTag, string, string)? named = null;
        foreach (TemplateTag tag in tags)
        {
            foreach (string path in tag.Paths())
            {
                string? failing = scopes.FailingKey(path, out object? group);
                if (failing == missing)
                    return (tag, path, scopes.Advice(path, failing, group));
                if (named is null && Keys(path).Contains(missing))
                    named = (tag, path, scopes.Advice(path, missing, null));
            }

            scopes.Enter(tag);
        }

        return named;
    }

    /// <summary>The first tag that prints a group or a list; null when the scopes do not show which.</summary>
    public static TemplateTag? FindGroup(IReadOnlyList<TemplateTag> tags, IReadOnlyDictionary<string, object?> variables)
    {
        var scopes = new TemplateScopes(variables);
        foreach (TemplateTag tag in tags)
        {
            if (tag is { Kind: TagKind.Print, Words.Count: 1 } && scopes.Resolve(tag.Words[0]) is Dictionary<string, object?> or List<object?>)
                return tag;
            scopes.Enter(tag);
        }

        return null;
    }

    private void Enter(TemplateTag tag)
    {
        if (tag.Kind == TagKind.Close && _scopes.Count > 1)
            _scopes.Pop();
        if (tag.Kind is not (TagKind.Open or TagKind.PartialBlock or TagKind.Inline))
            return;

        string path = tag.Paths().FirstOrDefault() ?? "";
        object? current = _scopes.Peek().Current;
        var names = new Dictionary<string, object?>();
        object? inner = tag.Name switch
        {
            "each" => Resolve(path) switch
            {
                List<object?> { Count: > 0 } list => list[0],
                Dictionary<string, object?> { Count: > 0 } group => group.Values.First(),
                _ => Unknown,
            },
            "if" or "unless" => current,
            "with" => Resolve(path),
            _ => tag.Kind == TagKind.Open && Resolve(path) is string ? current : Unknown,
        };
        foreach (string name in tag.BlockParameters())
            names[name] = names.Count == 0 ? inner : Unknown;
        _scopes.Push(new Scope(tag.Name, inner, names));
    }

    private object? Resolve(string path) => FailingKey(path, out object? value) is null ? value : Unknown;

    /// <summary>The key of <paramref name="path"/> that is missing, with the group that lacks it; or null, with the value.</summary>
    private string? FailingKey(string path, out object? value)
    {
        IEnumerable<string> keys = Keys(path);
        value = _root;
        if (path.StartsWith("@root", StringComparison.Ordinal))
            keys = keys.Skip(1);
        else if (path.StartsWith('@'))
            value = Unknown;
        else
            value = Start(ref keys);

        foreach (string key in keys)
        {
            if (value == Unknown)
                return null;
            object? group = value;
            value = group switch
            {
                Dictionary<string, object?> members => members.TryGetValue(key, out object? member) ? member : null,
                List<object?> list => int.TryParse(key, out int index) && index >= 0 && index < list.Count ? list[index] : null,
                _ => null,
            };
            if (value is not null)
                continue;
            value = group;
            return key;
        }

        return null;
    }

    private object? Start(ref IEnumerable<string> keys)
    {
        int up = keys.TakeWhile(key => key == "..").Count();
        keys = keys.Skip(up).SkipWhile(key => key is "this");
        // Conditions do not count for "..": they open no scope of their own.
        List<Scope> open = [.. _scopes.Where(scope => scope.Block is not ("if" or "unless"))];
        if (up >= open.Count)
            return Unknown;
        string first = keys.FirstOrDefault() ?? "";
        foreach (Scope scope in open)
            if (scope.Names.TryGetValue(first, out object? named))
            {
                keys = keys.Skip(1);
                return named;
            }

        return open[up].Current;
    }

    private string Advice(string path, string missing, object? group)
    {
        List<string> known = [.. ((group as Dictionary<string, object?>)?.Keys ?? Enumerable.Empty<string>())
            .Concat(_scopes.SelectMany(scope => scope.Names.Keys))];
        string before = path.EndsWith(missing, StringComparison.Ordinal) ? path[..^missing.Length] : "";
        if (NearestName.Of(missing, known) is { } near)
            return $"did you mean '{before}{near}'?";
        if (NearestName.Of(path, Flat(_root, "")) is { } elsewhere)
            return $"did you mean '{elsewhere}'?";
        IEnumerable<string> listed = known.Take(NamesListed);
        return known.Count == 0 ? "set it with a TemplateVariable item."
            : $"correct it, or set it with a TemplateVariable item; known here: {string.Join(", ", listed)}{(known.Count > NamesListed ? ", ..." : "")}.";
    }

    private static IEnumerable<string> Flat(object? value, string before) => value is not Dictionary<string, object?> group ? []
        : group.SelectMany(member => Flat(member.Value, $"{before}{member.Key}.").Prepend(before + member.Key));

    /// <summary>The steps of a path: <c>..</c> for each way up, then the keys.</summary>
    private static IEnumerable<string> Keys(string path)
    {
        for (; path.StartsWith("..", StringComparison.Ordinal); path = path[2..].TrimStart('/'))
            yield return "..";
        foreach (string part in path.Split('.', '/'))
            if (part.Length > 0)
                yield return part.Trim('[', ']');
    }

    private sealed record Scope(string Block, object? Current, Dictionary<string, object?> Names);
}
