using System.Linq.Expressions;
using Nuke.Common.Execution;
using Nuke.Common.IO;

namespace Nuke.Common;

/// <summary>
/// Base of a build. This and its neighbours stand in for the package Nuke.Common where it cannot be restored: the same
/// source compiles against either. Only what this repository's build uses is here, and all of it works.
/// </summary>
public abstract class NukeBuild
{
    // What NUKE returns, too; a shell sees it as 255.
    internal const int FailureExitCode = -1;

    /// <summary>Top folder of the repository: the nearest one, from the current folder upwards, that holds build.sh.</summary>
    public static AbsolutePath RootDirectory { get; } = FindRoot();

    /// <summary>Runs the targets that the command line names, or those given here when it names none.</summary>
    /// <returns>0 when all went well.</returns>
    protected static int Execute<T>(params Expression<Func<T, Target>>[] defaultTargetExpressions) where T : NukeBuild, new()
    {
        T build = new();
        Target[] defaults = [.. defaultTargetExpressions.Select(expression => expression.Compile()(build))];
        return new BuildRun(build, defaults, Console.Out, Environment.GetEnvironmentVariable)
            .Execute(Environment.GetCommandLineArgs()[1..]);
    }

    /// <summary>Called once after everything, the summary included, whether the build succeeded or failed.</summary>
    protected virtual void OnBuildFinished()
    {
    }

    internal void Finish() => OnBuildFinished();

    private static AbsolutePath FindRoot()
    {
        for (DirectoryInfo? folder = new(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "build.sh")))
                return folder.FullName;
        throw new BuildException($"{Directory.GetCurrentDirectory()} is in no folder that holds build.sh");
    }
}
