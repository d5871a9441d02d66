using Megatux.Imaging;
using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace Megatux.Sdk;

/// <summary>Removes what builds of the experiment made, and nothing else: files of the user's in the same folders stay.</summary>
public sealed class CleanOutputs : Task
{
    /// <inheritdoc cref="ExperimentTask.StateFolder"/>
    [Required]
    public string StateFolder { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        int removed = ExperimentClean.Run(Path.TrimEndingDirectorySeparator(Path.GetFullPath(StateFolder)));
        Log.LogMessage(MessageImportance.Normal, $"{removed} outputs removed");
        return true;
    }
}
