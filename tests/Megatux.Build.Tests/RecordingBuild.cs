using Nuke.Common;
using Nuke.Common.Execution;

namespace Megatux.Build.Tests;

/// <summary>What a call of a test's build left behind.</summary>
internal sealed record Outcome(int ExitCode, string Ran, string Output)
{
    /// <summary>The status that the summary gives a target.</summary>
    public string StatusOf(string target) => Output.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Last(words => words.Length > 1 && words[0] == target)[1];
}

/// <summary>A build whose targets note that they ran.</summary>
public abstract class RecordingBuild : NukeBuild
{
    private readonly List<string> _ran = [];

    /// <summary>An action that notes a name.</summary>
    protected Action Note(string name) => () => _ran.Add(name);

    /// <summary>An action that notes a name, then fails.</summary>
    protected Action Fail(string name) => () =>
    {
        _ran.Add(name);
        throw new BuildException($"{name} is broken");
    };

    /// <summary>Notes that the end was reached.</summary>
    protected override void OnBuildFinished() => _ran.Add("end");

    internal Outcome Run(Target standard, string arguments = "", params (string Name, string Value)[] environment)
    {
        var output = new StringWriter();
        int exitCode = new BuildRun(this, [standard], output,
                name => environment.FirstOrDefault(variable => variable.Name == name).Value)
            .Execute(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return new Outcome(exitCode, string.Join(' ', _ran), output.ToString());
    }
}
