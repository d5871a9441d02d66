using Megatux.Building;

namespace Nuke.Common.Execution;

/// <summary>The words of a command line: targets first, then options, each with the words up to the next option.</summary>
internal sealed class CommandLine
{
    private readonly List<(string Typed, string[] Values)> _options = [];

    public CommandLine(IReadOnlyList<string> words)
    {
        Targets = [.. words.TakeWhile(word => !IsOption(word))];
        for (int i = Targets.Count; i < words.Count;)
        {
            string[] values = [.. words.Skip(i + 1).TakeWhile(word => !IsOption(word))];
            _options.Add((words[i], values));
            i += 1 + values.Length;
        }
    }

    public IReadOnlyList<string> Targets { get; }

    /// <summary>An error for the first option that is none of the known ones, or that is given twice.</summary>
    public void AllowOnly(IReadOnlyList<string> known)
    {
        foreach ((string typed, _) in _options)
        {
            string name = known.FirstOrDefault(name => ParameterName.Matches(typed, name)) ?? throw new BuildException(
                $"there is no parameter '{typed}'{NearestName.Hint(typed, known.Select(name => $"--{ParameterName.Dashed(name)}"))}");
            if (_options.Count(option => ParameterName.Matches(option.Typed, name)) > 1)
                throw new BuildException($"'{typed}' is given twice");
        }
    }

    /// <summary>The words given to an option, or null when the option was not given.</summary>
    public string[]? ValuesOf(string name) => _options.Find(option => ParameterName.Matches(option.Typed, name)).Values;

    /// <summary>Whether an option is given that is on by being named; <c>true</c> or <c>false</c> may follow it.</summary>
    public bool? Switch(string name) => ValuesOf(name) switch
    {
        null => null,
        [] => true,
        [var word] when bool.TryParse(word, out bool on) => on,
        var words => throw new BuildException(
            $"--{ParameterName.Dashed(name)} is a switch, but '{words[0]}' follows it; targets come before all options"),
    };

    /// <summary>The one word given to an option.</summary>
    public string? Value(string name) => ValuesOf(name) switch
    {
        null => null,
        [var word] => word,
        [] => throw new BuildException($"--{ParameterName.Dashed(name)} needs a value"),
        var words => throw new BuildException(
            $"--{ParameterName.Dashed(name)} takes one value, but '{words[1]}' follows it; targets come before all options"),
    };

    private static bool IsOption(string word) => word.Length > 1 && word[0] == '-';
}
