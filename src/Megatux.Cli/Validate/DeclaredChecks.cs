using System.Globalization;
using Megatux.Model;
using Megatux.Xproc;

namespace Megatux.Cli;

/// <summary>Checks that a project declares, as they are run.</summary>
internal static class DeclaredChecks
{
    private const string Shell = "/bin/sh";
    private const int LongestShown = 200;

    /// <summary>A check.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="client">Its root.</param>
    /// <param name="check">The check.</param>
    internal static INodeCheck Of(ValidatedExperiment experiment, XprocClient client, Validation check)
    {
        NodeSet nodes = check.Nodes.Intersect(experiment.Nodes);
        if (check.Expression is { } expression)
            return new ExpressionCheck(experiment.Running, expression) { Name = check.Name, Nodes = nodes, Quota = check.Quota, Within = check.Within };
        return new CommandCheck(client)
        {
            Name = check.Name,
            Nodes = nodes,
            Quota = check.Quota,
            Within = check.Within,
            Commands = some => [(some, [Shell, "-c", check.Command!])],
            Judge = answer => Judge(check, answer),
        };
    }

    private static string? Judge(Validation check, NodeAnswer answer)
    {
        if (answer.Code != check.ExitCode)
            return string.Create(CultureInfo.InvariantCulture, $"exit code {answer.Code}{(check.ExitCode == 0 ? "" : $", expected {check.ExitCode}")}{(answer.FirstLine is { Length: > 0 } line ? $": {Shown(line)}" : "")}");
        if (check.Expect is not { } expected)
            return null;
        if (answer.IsCut)
            return $"it wrote more than {NodeAnswer.MostOutput} bytes, which are not compared";
        return expected.Matches(answer.Output) ? null
            : answer.Output.TrimEnd('\n') is { Length: > 0 } output ? $"it wrote '{Shown(output.ReplaceLineEndings("; "))}', expected {Shown(expected.ToString())}"
            : $"it wrote nothing, expected {Shown(expected.ToString())}";
    }

    private static string Shown(string text) => text.Length <= LongestShown ? text : $"{text.AsSpan(0, LongestShown)}…";
}
