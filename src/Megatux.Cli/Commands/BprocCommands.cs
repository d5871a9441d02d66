using System.CommandLine;
using Megatux.Agents;
using Megatux.Model;
using Megatux.Tree;

namespace Megatux.Cli;

/// <summary>BProc's commands by BProc's options, for whoever has scripts that use them.</summary>
internal static partial class BprocCommands
{
    /// <summary>The names that the program may be called by.</summary>
    internal const string ShellName = "bpsh", StatesName = "bpstat", ControlName = "bpctl";

    private const string Nodes = """
        Nodes are named as for megatux run, or by number: guests count from 0, host after host (4, 5-8, '0,10-19').
        """;

    private static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    private static NodeSet NodesOf(RunningExperiment running, string text, Func<NodeStates> states)
    {
        Experiment plan = running.Plan();
        return NodeSelection.RequireKnown(plan, NodeSelection.Of(plan, text, states, numbers: true));
    }
}
