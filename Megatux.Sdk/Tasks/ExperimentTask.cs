using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace Megatux.Sdk;

/// <summary>What every task about an experiment is told.</summary>
public abstract class ExperimentTask : Task
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
}
