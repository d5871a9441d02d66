using Megatux.Imaging;
using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace Megatux.Sdk;

/// <summary>Finds out, with one look at every file that the last build used, whether there is anything to do.</summary>
public sealed class ScanInputs : Task
{
    /// <summary>The project's properties: name as identity, metadata Value.</summary>
    [Required]
    public ITaskItem[] Settings { get; set; } = [];

    /// <summary>The project's items, each with its type as metadata Kind.</summary>
    public ITaskItem[] Items { get; set; } = [];

    /// <summary>Full path of the project file.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>Full path of the folder for intermediate files.</summary>
    [Required]
    public string StateFolder { get; set; } = "";

    /// <summary>True when nothing has to be packed, joined or written.</summary>
    [Output]
    public bool UpToDate { get; set; }

    /// <inheritdoc/>
    public override bool Execute()
    {
        string name = Path.GetFileNameWithoutExtension(ProjectFile);
        string? reason = BuildState.WhyStale(StateFolder, ProjectInputs.Describe(Settings, Items), out int looked);
        UpToDate = reason is null;
        Log.LogMessage(MessageImportance.High, reason is null
            ? $"{name} is up to date ({looked} files looked at; nothing packed, joined or written)"
            : $"{name} is built because {reason}");
        return true;
    }
}
