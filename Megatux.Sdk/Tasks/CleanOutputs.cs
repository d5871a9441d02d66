using Megatux.Imaging;
using Megatux.Model;
using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace Megatux.Sdk;

/// <summary>Removes what builds of the experiment made, and nothing else: files of the user's in the same folders stay.</summary>
public sealed class CleanOutputs : Task, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    /// <inheritdoc cref="ExperimentTask.ProjectFile"/>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <inheritdoc cref="ExperimentTask.StateFolder"/>
    [Required]
    public string StateFolder { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        var log = new TaskLog(Log, new ProjectSource(ProjectFile));
        try
        {
            int removed = ExperimentClean.Run(Path.TrimEndingDirectorySeparator(Path.GetFullPath(StateFolder)), log, _cancellation.Token);
            log.Detail($"{removed} outputs removed");
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (MegatuxException failure)
        {
            log.Fail(failure.Problem);
        }

        return !Log.HasLoggedErrors;
    }

    /// <inheritdoc/>
    public void Cancel() => _cancellation.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _cancellation.Dispose();
}
