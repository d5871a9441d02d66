using System.CommandLine;
using Megatux.Agents;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>Commands about an experiment that runs on this machine.</summary>
internal static partial class LocalCommands
{
    private static Argument<string> NodeArgument() => new("NODE") { Description = "A host or guest, such as vm3.laptop1." };

    private static Argument<string> SetArgument() => new("SET") { Description = "Hosts and guests as a node set, such as vm[0-9].laptop0, all, allerror or @GROUP." };

    /// <summary>A node of the experiment, or an error that names the nearest.</summary>
    private static Node NodeOf(RunningExperiment running, string name) => PlanLookup.FindNode(running.Plan(), name);

    /// <summary>A set of nodes of the experiment, folded.</summary>
    private static string SetOf(RunningExperiment running, string text)
    {
        Experiment plan = running.Plan();
        return NodeSelection.RequireKnown(plan, NodeSelection.Of(plan, text, () => running.Jobs().NodesAsync().GetAwaiter().GetResult())).ToString();
    }
}
