namespace Megatux.Model;

/// <summary>Turns a classic VMatic file into the text of a project.</summary>
public static class ClassicVmaticImport
{
    /// <summary>Converts a classic VMatic file.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="file">The file's path as the user gave it, for messages.</param>
    /// <param name="keepUnknown">Whether settings that are not known become comments instead of an error.</param>
    /// <param name="movePath">Makes a relative path of the classic file one that is relative to the project.</param>
    /// <returns>An MSBuild project, with <c>\n</c> line ends.</returns>
    /// <exception cref="MegatuxException">
    /// <see cref="ErrorCodes.ClassicMalformedLine"/>, <see cref="ErrorCodes.ClassicUndefinedReference"/>,
    /// <see cref="ErrorCodes.ClassicUnknownSetting"/>, <see cref="ErrorCodes.ClassicBadValue"/>,
    /// <see cref="ErrorCodes.ClassicContradiction"/> or one of the node sets' codes, each with the line.
    /// </exception>
    public static string ToProject(string text, string file, bool keepUnknown = false, Func<string, string>? movePath = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(file);
        ClassicFile classic = ClassicFile.Parse(text, file);
        var project = new ClassicProject(movePath ?? (path => path));
        foreach (ClassicSetting setting in classic.Settings)
            if (!project.Take(setting) && !classic.IsReferred(setting.Name))
                Unknown(setting, keepUnknown, project);
        return project.Write(file);
    }

    private static void Unknown(ClassicSetting setting, bool keep, ClassicProject project)
    {
        if (keep)
        {
            project.Keep(setting);
            return;
        }

        string advice = NearestName.Of(setting.Name, ClassicProject.Known) is { } near
            ? $"did you mean '{near}'?" : "remove the line, or keep it as a comment with --keep-unknown.";
        throw new MegatuxException(ErrorCodes.ClassicUnknownSetting, $"The setting '{setting.Name}' is not known: {advice}", where: setting.Where);
    }
}
