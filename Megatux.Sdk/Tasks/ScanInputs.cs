using Megatux.Imaging;
using Microsoft.Build.Framework;

namespace Megatux.Sdk;

/// <summary>Finds out, with one look at every file that the last build used, whether there is anything to do.</summary>
public sealed class ScanInputs : ExperimentTask
{
    /// <summary>True when nothing has to be packed, joined or written.</summary>
    [Output]
    public bool UpToDate { get; set; }

    /// <inheritdoc/>
    public override bool Execute()
    {
        string name = Path.GetFileNameWithoutExtension(ProjectFile);
        string? reason = BuildState.WhyStale(Path.TrimEndingDirectorySeparator(Path.GetFullPath(StateFolder)), ProjectInputs.Describe(Settings, Items), out int looked);
        UpToDate = reason is null;
        Log.LogMessage(MessageImportance.High, reason is null
            ? $"{name} is up to date ({looked} files looked at; nothing packed, joined or written)"
            : $"{name} is built because {reason}");
        return true;
    }
}
