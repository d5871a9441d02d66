using System.CommandLine;

namespace Megatux.Cli;

/// <summary>
/// Where the command begins that nodes are to run: all behind its first word is the command's, options too, as those know it
/// who come from ssh, pdsh and bpsh.
/// </summary>
internal static class CommandWords
{
    private const string End = "--";

    /// <summary>The words with a mark before the command, where the one who typed them left it out.</summary>
    /// <param name="args">The words.</param>
    /// <param name="root">What they may mean.</param>
    internal static string[] Separate(string[] args, Command root) => args switch
    {
        [JobCommands.RunName, ..] => Separate(args, WithValue(root, args[0]), static _ => false),
        [BprocCommands.ShellName, ..] => Separate(args, WithValue(root, args[0]), static option => option is ['-', not '-', ..] && option.AsSpan().ContainsAny('a', 'A')),
        _ => args,
    };

    private static string[] WithValue(Command root, string command) =>
        [.. root.Subcommands.Single(known => known.Name == command).Options.Where(option => option.Arity.MinimumNumberOfValues > 0).SelectMany(option => option.Aliases.Append(option.Name))];

    /// <param name="args">The words, that of megatux's own command before them.</param>
    /// <param name="withValue">Options that take the next word.</param>
    /// <param name="namesNodes">Whether an option says which nodes are meant, so that the command is the first word that is none.</param>
    private static string[] Separate(string[] args, string[] withValue, Func<string, bool> namesNodes)
    {
        bool isCommand = false;
        for (int at = 1; at < args.Length; at++)
        {
            string word = args[at];
            if (word == End)
                return args;
            if (withValue.Contains(word))
                at++;
            else if (word.StartsWith('-') && word.Length > 1)
                isCommand |= namesNodes(word);
            else if (isCommand)
                return [.. args[..at], End, .. args[at..]];
            else
                isCommand = true;
        }

        return args;
    }
}
