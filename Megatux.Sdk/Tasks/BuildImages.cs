using Megatux.Imaging;
using Megatux.Model;
using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace Megatux.Sdk;

/// <summary>Builds the experiment's images and all that goes with them.</summary>
public sealed class BuildImages : Task, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    /// <inheritdoc cref="ScanInputs.Settings"/>
    [Required]
    public ITaskItem[] Settings { get; set; } = [];

    /// <inheritdoc cref="ScanInputs.Items"/>
    public ITaskItem[] Items { get; set; } = [];

    /// <inheritdoc cref="ScanInputs.ProjectFile"/>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <inheritdoc cref="ScanInputs.StateFolder"/>
    [Required]
    public string StateFolder { get; set; } = "";

    /// <summary>Full path of the SDK's folder, which holds the templates.</summary>
    [Required]
    public string SdkFolder { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        var source = new ProjectSource(ProjectFile);
        var log = new TaskLog(Log, source);
        IReadOnlyList<Problem> problems = source.Check();
        if (problems.Count == 0)
        {
            try
            {
                problems = ExperimentBuild.Run(ProjectInputs.Request(Settings, Items, ProjectFile, StateFolder, SdkFolder), log, _cancellation.Token);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }

        foreach (Problem problem in problems)
            log.Fail(problem);
        return !Log.HasLoggedErrors;
    }

    /// <inheritdoc/>
    public void Cancel() => _cancellation.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _cancellation.Dispose();
}
