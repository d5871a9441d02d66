using Megatux.Imaging;
using Microsoft.Build.Framework;

namespace Megatux.Sdk;

/// <summary>What MSBuild hands to the tasks, as the build wants it.</summary>
internal static class ProjectInputs
{
    private const string KindMetadata = "Kind";
    private const string ValueMetadata = "Value";

    /// <summary>
    /// Everything that decides what is built, as text: a line a property or item, and one for the tasks themselves, since
    /// another version may build something else. Cheap: it is made in every build.
    /// </summary>
    internal static List<string> Describe(ITaskItem[] settings, ITaskItem[] items)
    {
        var lines = new List<string>(settings.Length + items.Length + 1) { $"{BuildState.ToolPrefix}{typeof(ProjectInputs).Module.ModuleVersionId} {typeof(BuildState).Module.ModuleVersionId}" };
        foreach (ITaskItem setting in settings)
            lines.Add($"{setting.ItemSpec}={setting.GetMetadata(ValueMetadata)}");
        foreach (ITaskItem item in items)
        {
            string kind = item.GetMetadata(KindMetadata);
            string line = $"{kind} {item.ItemSpec}";
            foreach (string name in KnownNames.Items[kind])
                if (item.GetMetadata(name) is { Length: > 0 } value)
                    line += $" {name}={value}";
            lines.Add(line);
        }

        return lines;
    }

    internal static BuildRequest Request(ITaskItem[] settings, ITaskItem[] items, string projectFile, string stateFolder, string sdkFolder) => new()
    {
        ProjectFile = projectFile,
        StateFolder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(stateFolder)),
        SdkFolder = sdkFolder,
        Settings = settings.ToDictionary(setting => setting.ItemSpec, setting => setting.GetMetadata(ValueMetadata)),
        Items = [.. items.Select(ToItem)],
        Inputs = Describe(settings, items),
    };

    private static BuildItem ToItem(ITaskItem item)
    {
        string kind = item.GetMetadata(KindMetadata);
        return new BuildItem(kind, item.ItemSpec, KnownNames.Items[kind]
            .Select(name => (Name: name, Value: item.GetMetadata(name)))
            .Where(metadata => metadata.Value.Length > 0)
            .ToDictionary(metadata => metadata.Name, metadata => metadata.Value));
    }
}
