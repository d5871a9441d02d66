using System.Globalization;
using System.Text.RegularExpressions;

namespace Megatux.Testing;

/// <summary>An error or warning as MSBuild prints it.</summary>
/// <param name="File">File at fault, full path.</param>
/// <param name="Line">Its line, or 0.</param>
/// <param name="IsError">False for a warning.</param>
/// <param name="Code">Its code: <c>MTX1001</c>.</param>
/// <param name="Message">Its text, without the name of the project that closes it.</param>
public sealed record BuildMessage(string File, int Line, bool IsError, string Code, string Message);

/// <summary>What a build of an experiment said.</summary>
public sealed partial class BuildResult
{
    /// <summary>Reads the output of <c>dotnet build</c>.</summary>
    public BuildResult(CommandResult command)
    {
        ArgumentNullException.ThrowIfNull(command);
        ExitCode = command.ExitCode;
        Output = command.All;
        var packed = new Dictionary<string, string>(StringComparer.Ordinal);
        var joined = new List<string>();
        var kept = new List<string>();
        var messages = new List<BuildMessage>();
        foreach (string line in Output.Split('\n'))
        {
            if (Packing().Match(line) is { Success: true } packing)
                packed[packing.Groups["name"].Value] = packing.Groups["why"].Value;
            else if (Joining().Match(line) is { Success: true } joining)
                joined.Add(joining.Groups["name"].Value);
            else if (Keeping().Match(line) is { Success: true } keeping)
                kept.Add(keeping.Groups["name"].Value);
            else if (Reason().Match(line) is { Success: true } reason)
                Because ??= reason.Groups["why"].Value;
            else if (Message().Match(line) is { Success: true } message)
                messages.Add(new BuildMessage(message.Groups["file"].Value.Trim(),
                    int.TryParse(message.Groups["line"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0,
                    message.Groups["kind"].Value == "error", message.Groups["code"].Value, message.Groups["text"].Value));
        }

        // MSBuild prints them twice: when they happen, and in its summary.
        (Packed, Joined, Kept, Messages) = (packed, joined, kept, [.. messages.Distinct()]);
    }

    /// <summary>Exit code of <c>dotnet build</c>.</summary>
    public int ExitCode { get; }

    /// <summary>All that it printed.</summary>
    public string Output { get; }

    /// <summary>Members that were packed: name, and why.</summary>
    public IReadOnlyDictionary<string, string> Packed { get; }

    /// <summary>Names of the images that were joined.</summary>
    public IReadOnlyList<string> Joined { get; }

    /// <summary>Names of members and images that stayed as they were.</summary>
    public IReadOnlyList<string> Kept { get; }

    /// <summary>Errors and warnings, each once.</summary>
    public IReadOnlyList<BuildMessage> Messages { get; }

    /// <summary>Errors alone, each once.</summary>
    public IReadOnlyList<BuildMessage> Errors => [.. Messages.Where(message => message.IsError)];

    /// <summary>True when the build found that there is nothing to do.</summary>
    public bool UpToDate => UpToDateLine().IsMatch(Output);

    /// <summary>Why the build had something to do; null when it had not.</summary>
    public string? Because { get; }

    /// <summary>This result, if the build succeeded.</summary>
    /// <exception cref="InvalidOperationException">It did not.</exception>
    public BuildResult Succeeded() => ExitCode == 0 ? this : throw new InvalidOperationException($"exit code {ExitCode}:\n{Output}");

    [GeneratedRegex(@"^\s*packed (?<name>\S+): .*, because (?<why>.*)$")]
    private static partial Regex Packing();

    [GeneratedRegex(@"^\s*joined (?<name>\S+) from \d+ members$")]
    private static partial Regex Joining();

    [GeneratedRegex(@"^\s*kept (?<name>\S+)$")]
    private static partial Regex Keeping();

    [GeneratedRegex(@"^\s*\S+ is built because (?<why>.*)$")]
    private static partial Regex Reason();

    [GeneratedRegex(@" is up to date \(", RegexOptions.None)]
    private static partial Regex UpToDateLine();

    [GeneratedRegex(@"^(?:\s*\d+>)?(?<file>[^()]*?)(?:\((?<line>\d+)(?:,\d+)*\))?\s*: (?<kind>error|warning) (?<code>[A-Z]+\d+): (?<text>.*?)(?: \[[^\]]*\])?$")]
    private static partial Regex Message();
}
