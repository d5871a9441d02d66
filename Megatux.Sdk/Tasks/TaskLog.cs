using Megatux.Imaging;
using Megatux.Model;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Megatux.Sdk;

/// <summary>Shows what a build says as MSBuild shows it; problems with the line of the project that they are about.</summary>
internal sealed class TaskLog(TaskLoggingHelper log, ProjectSource source) : IBuildLog
{
    public void Tell(string message) => log.LogMessage(MessageImportance.High, "{0}", message);

    public void Detail(string message) => log.LogMessage(MessageImportance.Normal, "{0}", message);

    internal void Fail(Problem problem)
    {
        SourceLocation place = source.Locate(problem);
        log.LogError(null, problem.Code, null, place.File, place.Line, place.Column, 0, 0, "{0}", problem.Message);
    }
}
