using System.CommandLine;

namespace Megatux.Cli;

/// <summary>The command that a person types, with all that it can do.</summary>
internal static class MegatuxCommand
{
    internal static RootCommand Create() =>
        new("Provision, control and watch experiments of up to ten million Linux machines.")
        {
            ImportCommand.Create(),
            NodesCommand.Create(),
        };
}
