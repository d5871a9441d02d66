using Megatux.Imaging;
using Megatux.Model;
using Microsoft.Build.Framework;

namespace Megatux.Sdk;

/// <summary>Builds the experiment's images and all that goes with them.</summary>
public sealed class BuildImages : ExperimentTask, ICancelableTask, IBuildLog, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    /// <summary>Full path of the SDK's folder, which holds the templates.</summary>
    [Required]
    public string SdkFolder { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        var source = new ProjectSource(ProjectFile);
        IReadOnlyList<Problem> problems = source.Check();
        if (problems.Count == 0)
        {
            try
            {
                problems = ExperimentBuild.Run(ProjectInputs.Request(Settings, Items, ProjectFile, StateFolder, SdkFolder), this, _cancellation.Token);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }

        foreach (Problem problem in problems)
        {
            SourceLocation place = source.Locate(problem);
            Log.LogError(null, problem.Code, null, place.File, place.Line, place.Column, 0, 0, "{0}", problem.Message);
        }

        return !Log.HasLoggedErrors;
    }

    /// <inheritdoc/>
    public void Cancel() => _cancellation.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _cancellation.Dispose();

    void IBuildLog.Tell(string message) => Log.LogMessage(MessageImportance.High, "{0}", message);

    void IBuildLog.Detail(string message) => Log.LogMessage(MessageImportance.Normal, "{0}", message);

    void IBuildLog.Warn(Problem problem)
    {
        SourceLocation place = new ProjectSource(ProjectFile).Locate(problem);
        Log.LogWarning(null, problem.Code, null, place.File, place.Line, place.Column, 0, 0, "{0}", problem.Message);
    }
}
