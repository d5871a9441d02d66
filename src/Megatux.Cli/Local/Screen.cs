using Spectre.Console;

namespace Megatux.Cli;

/// <summary>Standard output where it is a terminal that can be drawn on; files, pipes and dumb terminals get lines.</summary>
internal static class Screen
{
    /// <summary>The terminal that a command writes to; null if it writes elsewhere, or the terminal takes no escape sequences.</summary>
    internal static IAnsiConsole? Of(TextWriter output)
    {
        if (!StandardOutput.IsTerminal(output))
            return null;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        return console.Profile.Capabilities is { Ansi: true, Interactive: true } ? console : null;
    }
}
