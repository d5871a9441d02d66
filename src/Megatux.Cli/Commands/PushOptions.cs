using System.CommandLine;
using Megatux.Hypervisors;
using Megatux.Model;
using Megatux.Xproc;

namespace Megatux.Cli;

/// <summary>Whether a command's program travels to the nodes, and with what.</summary>
internal sealed class PushOptions
{
    private readonly Option<bool> _push;
    private readonly Option<bool> _local;
    private readonly Option<string[]> _with = new("--with") { HelpName = "PATH", Description = $"Send a file or folder along: the command finds it in {PushedProgram.Folder}. May be given several times." };

    /// <param name="push">Names of the option that has the program travel.</param>
    /// <param name="local">Names of the option that has nodes run their own.</param>
    internal PushOptions(string[] push, string[] local)
    {
        _push = new Option<bool>(push[0], push[1..])
        {
            Description = $"Send the program of this machine, with the libraries that it needs: a node finds them in {PushedProgram.Folder}, for the command alone. "
                + "So it is for a program that is named by a relative path with a slash, as ./a.out.",
        };
        _local = new Option<bool>(local[0], local[1..]) { Description = "Run the program that nodes have, whatever its path." };
    }

    /// <summary>The options.</summary>
    internal IEnumerable<Option> All => [_push, _local, _with];

    /// <summary>The program that is to travel, packed; null for what nodes have.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="words">The command and its arguments, which become those that run it on a node.</param>
    /// <exception cref="MegatuxException">Options contradict each other, or there is no such program here.</exception>
    internal PushedProgram? Pack(ParseResult result, ref string[] words)
    {
        bool push = result.GetValue(_push), local = result.GetValue(_local);
        if (push && local)
            throw new MegatuxException(ErrorCodes.JobMalformed, $"{_push.Name} and {_local.Name} contradict each other: give one of them.");
        string[] files = result.GetValue(_with) ?? [];
        push |= !local && IsOfThisMachine(words[0]);
        if (!push && files.Length == 0)
            return null;
        PushedProgram packed = PushedProgram.Pack(push ? PathOf(words[0]) : null, files);
        words = [.. packed.Start, .. push ? words[1..] : words];
        return packed;
    }

    // On a node that path would begin nowhere in particular.
    private static bool IsOfThisMachine(string word) =>
        word.Contains('/', StringComparison.Ordinal) && !word.StartsWith('/') && !word.Contains(' ', StringComparison.Ordinal);

    private static string PathOf(string word) => word.Contains('/', StringComparison.Ordinal) ? word
        : Programs.Find(word)
        ?? throw new MegatuxException(ErrorCodes.ProgramMissing, $"There is no program {word} in the folders of PATH on this machine: install it, or give its path.");
}
