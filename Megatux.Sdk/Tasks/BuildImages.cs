using Megatux.Imaging;
using Megatux.Model;
using Microsoft.Build.Framework;

namespace Megatux.Sdk;

/// <summary>Builds the experiment's images and all that goes with them.</summary>
public sealed class BuildImages : ExperimentTask, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

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
