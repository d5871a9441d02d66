using System.Text.RegularExpressions;
using System.Xml.Linq;
using Megatux.Model;

namespace Megatux.Sdk;

// Names that nothing knows.
internal sealed partial class ProjectSource
{
    /// <summary>Attributes of an item that are MSBuild's own and no metadata.</summary>
    private static readonly string[] ItemAttributes = ["Include", "Exclude", "Remove", "Update", "Condition", "Label", "KeepDuplicates", "KeepMetadata", "RemoveMetadata", "MatchOnMetadata", "MatchOnMetadataOptions"];

    /// <summary>Unknown properties, items and metadata, each with its line and the nearest known name.</summary>
    internal IReadOnlyList<Problem> Check()
    {
        if (_unreadable is not null)
            return [_unreadable];
        var problems = new List<Problem>();
        HashSet<string> used = NamesInUse();
        foreach ((string file, XDocument text) in _files)
            foreach (XElement element in Declarations(text))
            {
                if (element.Parent!.Name.LocalName == "PropertyGroup")
                    CheckProperty(file, element, used, problems);
                else
                    CheckItem(file, element, used, problems);
            }

        return problems;
    }

    private static void CheckProperty(string file, XElement element, HashSet<string> used, List<Problem> problems)
    {
        string name = element.Name.LocalName;
        string[] known = [.. KnownNames.Properties, .. KnownNames.TargetProperties];
        if (known.Contains(name, StringComparer.OrdinalIgnoreCase) || used.Contains($"$({name}") || name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase))
            return;
        problems.Add(new Problem(ErrorCodes.PropertyUnknown,
            $"The property {name} is not known{Nearest(name, known)}. A property of your own must be used somewhere as $({name}).", Where: LocationOf(file, element)));
    }

    private static void CheckItem(string file, XElement element, HashSet<string> used, List<Problem> problems)
    {
        string name = element.Name.LocalName;
        if (!KnownNames.Items.TryGetValue(name, out string[]? metadata))
        {
            if (!used.Contains($"@({name}") && !used.Contains($"%({name}"))
                problems.Add(new Problem(ErrorCodes.ItemUnknown,
                    $"The item {name} is not known{Nearest(name, KnownNames.Items.Keys)}. An item of your own must be used somewhere as @({name}).", Where: LocationOf(file, element)));
            return;
        }

        IEnumerable<string> given = element.Attributes().Select(attribute => attribute.Name.LocalName).Except(ItemAttributes, StringComparer.OrdinalIgnoreCase)
            .Concat(element.Elements().Select(child => child.Name.LocalName));
        foreach (string unknown in given.Where(unknown => !metadata.Contains(unknown, StringComparer.OrdinalIgnoreCase) && !used.Contains($"%({unknown}") && !used.Contains($"%({name}.{unknown}")))
            problems.Add(new Problem(ErrorCodes.MetadataUnknown,
                $"{name} has no metadata {unknown}{Nearest(unknown, metadata)}. It knows {(metadata.Length == 0 ? "none" : string.Join(", ", metadata))}.", Where: LocationOf(file, element)));
    }

    private static string Nearest(string name, IEnumerable<string> known) =>
        NearestName.Of(name, known) is { } near ? $"; did you mean {near}?" : "";

    /// <summary>Every reference in the project's text, as it starts: <c>$(Name</c>, <c>@(Name</c>, <c>%(Name</c>.</summary>
    private HashSet<string> NamesInUse()
    {
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach ((_, XDocument text) in _files)
            foreach (Match reference in Reference().Matches(text.ToString()))
                used.Add(reference.Value);
        return used;
    }

    [GeneratedRegex(@"[$@%]\([A-Za-z_][\w.-]*")]
    private static partial Regex Reference();
}
