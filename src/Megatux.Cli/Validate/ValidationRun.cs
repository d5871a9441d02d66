using System.Diagnostics;
using Megatux.Model;
using Megatux.Xproc;

namespace Megatux.Cli;

/// <summary>Checks of an experiment, one after the other: those that every experiment has, then those of its project in its order.</summary>
internal static class ValidationRun
{
    /// <summary>The checks that a person means.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="names">Their names; none for all.</param>
    /// <param name="wait">How long nodes may take to come up.</param>
    /// <exception cref="MegatuxException">There is no check of a name.</exception>
    internal static IReadOnlyList<INodeCheck> Choose(ValidatedExperiment experiment, IReadOnlyCollection<string> names, TimeSpan wait)
    {
        XprocClient client = experiment.Running.Jobs();
        INodeCheck[] all =
        [
            new UpCheck(client, wait) { Nodes = experiment.Nodes },
            BuiltInChecks.Plan(experiment, client),
            .. experiment.Checks.Select(check => DeclaredChecks.Of(experiment, client, check)),
        ];
        string[] known = [.. all.Select(check => check.Name)];
        foreach (string name in names.Except(known))
        {
            string hint = NearestName.Of(name, known) is { } near ? $"did you mean {near}?" : $"there are {string.Join(", ", known)}.";
            throw new MegatuxException(ErrorCodes.ValidationUnknown, $"{experiment.Running.Name} has no check '{name}': {hint}");
        }

        return names.Count == 0 ? all : [.. all.Where(check => names.Contains(check.Name))];
    }

    /// <summary>Runs one.</summary>
    internal static async Task<CheckOutcome> RunAsync(INodeCheck check, CancellationToken cancellation)
    {
        DateTimeOffset started = DateTimeOffset.UtcNow;
        var clock = Stopwatch.StartNew();
        var tally = new CheckTally(check.Nodes, check.Quota);
        if (!check.Nodes.IsEmpty)
            await check.RunAsync(tally, cancellation).ConfigureAwait(false);
        return new CheckOutcome(check.Name, check.Nodes.Count, tally.Passed.Count, check.Quota, tally.Failures, started, clock.Elapsed);
    }
}
