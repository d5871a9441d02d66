using Megatux.Agents;
using Megatux.Imaging;
using Megatux.Model;
using Megatux.Xproc;

namespace Megatux.Cli;

/// <summary>Checks that every experiment has.</summary>
internal static class BuiltInChecks
{
    private static readonly TimeSpan ViewLimit = TimeSpan.FromMinutes(2);

    /// <summary>Every node's own view of itself is what the plan computes: each compares on its own, once.</summary>
    internal static INodeCheck Plan(ValidatedExperiment experiment, XprocClient client)
    {
        Experiment plan = experiment.Manifest.Experiment;
        (NodeSet hosts, NodeSet guests) = (plan.Hosts, plan.Guests);
        string[] hostWords = Words(ImageKind.Host, ManifestIdentity.OfHost(experiment.Manifest)), guestWords = Words(ImageKind.Guest, ManifestIdentity.OfGuest(experiment.Manifest));
        return new CommandCheck(client)
        {
            Name = Validation.Plan,
            Nodes = experiment.Nodes,
            Within = ViewLimit,
            Repeats = false,
            Commands = nodes => [(nodes.Intersect(hosts), hostWords), (nodes.Intersect(guests), guestWords)],
            Judge = Judge,
        };
    }

    private static string[] Words(ImageKind image, string identity) => [$"/sbin/{OutputNames.Agent(image)}", NodeView.Word, identity];

    private static string? Judge(NodeAnswer answer)
    {
        string said = answer.Output.TrimEnd('\n');
        return answer.Code == 0 && said == NodeView.Ok ? null
            : said.Length > 0 ? said.ReplaceLineEndings("; ")
            : $"its agent ended with exit code {answer.Code}{(answer.FirstLine is { Length: > 0 } line ? $": {line}" : "")}";
    }
}
