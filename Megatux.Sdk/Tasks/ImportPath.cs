using System.Text.RegularExpressions;

namespace Megatux.Sdk;

/// <summary>
/// The files that an Import means, as far as its text tells: what lies at a fixed place, beside the file or the project, or
/// in a folder above. An import that depends on other properties is passed over; faults in it are told without its line.
/// </summary>
internal static partial class ImportPath
{
    /// <summary>Full paths of the files.</summary>
    /// <param name="text">The attribute Project.</param>
    /// <param name="importer">Full path of the file that it stands in.</param>
    /// <param name="project">Full path of the project.</param>
    internal static IEnumerable<string> Resolve(string text, string importer, string project)
    {
        string beside = Path.GetDirectoryName(importer)!;
        string path = text
            .Replace("$(MSBuildThisFileDirectory)", beside + "/", StringComparison.OrdinalIgnoreCase)
            .Replace("$(MSBuildProjectDirectory)", Path.GetDirectoryName(project)!, StringComparison.OrdinalIgnoreCase)
            .Replace('\\', '/');
        path = FileAbove().Replace(path, match => Above(match.Groups["name"].Value, match.Groups["from"].Value, beside, isFolder: false));
        path = FolderAbove().Replace(path, match => Above(match.Groups["name"].Value, match.Groups["from"].Value, beside, isFolder: true));
        if (path.Length == 0 || path.Contains("$(", StringComparison.Ordinal))
            return [];
        path = Path.GetFullPath(path, beside);
        string folder = Path.GetDirectoryName(path)!, name = Path.GetFileName(path);
        return !name.Contains('*') && !name.Contains('?') ? [path]
            : Directory.Exists(folder) ? Directory.GetFiles(folder, name).Order(StringComparer.Ordinal)
            : [];
    }

    /// <summary>The nearest folder from one upwards that holds a file, or the file itself; empty when there is none.</summary>
    private static string Above(string name, string from, string beside, bool isFolder)
    {
        for (DirectoryInfo? folder = new(from.Length == 0 ? beside : Path.GetFullPath(from, beside)); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, name)))
                return isFolder ? folder.FullName : Path.Combine(folder.FullName, name);
        return "";
    }

    [GeneratedRegex(@"\$\(\[MSBuild\]::GetPathOfFileAbove\(\s*'?(?<name>[^',)]+)'?\s*(,\s*'?(?<from>[^',)]*)'?\s*)?\)\)", RegexOptions.IgnoreCase)]
    private static partial Regex FileAbove();

    [GeneratedRegex(@"\$\(\[MSBuild\]::GetDirectoryNameOfFileAbove\(\s*'?(?<from>[^',)]+)'?\s*,\s*'?(?<name>[^',)]*)'?\s*\)\)", RegexOptions.IgnoreCase)]
    private static partial Regex FolderAbove();
}
