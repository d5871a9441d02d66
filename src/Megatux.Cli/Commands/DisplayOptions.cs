using System.CommandLine;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>How what comes of a job is shown.</summary>
internal sealed class DisplayOptions
{
    private readonly Option<bool> _lines = new("--line-buffered", "-L") { Description = "Show each line at once, once for every node that wrote it." };
    private readonly Option<bool> _gather = new("--gather", "-b") { Description = "Show whole outputs in the end, equal ones once below a header with their nodes." };
    private readonly Option<bool> _none = new("--no-output", "-N") { Description = "Show nothing of the output." };
    private readonly Option<bool> _raw = new("--raw") { Description = "Pass on what one node writes byte by byte, without labels." };
    private readonly Option<bool> _json = new("--json") { Description = "For programs: an object a line for what nodes say, and a last one for the result." };

    /// <summary>The options.</summary>
    internal IEnumerable<Option> All => [_lines, _gather, _none, _raw, _json];

    /// <summary>Whether the result is told for programs.</summary>
    internal bool IsJson(ParseResult result) => result.GetValue(_json);

    /// <summary>What was chosen.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="nodes">The nodes of the job.</param>
    /// <exception cref="MegatuxException">Options contradict each other, or the nodes.</exception>
    internal IJobDisplay Display(ParseResult result, NodeSet nodes)
    {
        string[] chosen = [.. ((Option<bool>[])[_lines, _gather, _none, _raw, _json]).Where(result.GetValue).Select(option => option.Name)];
        if (chosen.Length > 1)
            throw new MegatuxException(ErrorCodes.JobMalformed, $"{string.Join(" and ", chosen)} contradict each other: give one of them.");
        if (result.GetValue(_raw) && nodes.Count != 1)
            throw new MegatuxException(ErrorCodes.JobMalformed, $"--raw passes on what one node writes, and these are {nodes.Count}: name one node, or use --json.");
        ByteOutput output = ByteOutput.Of(result.InvocationConfiguration.Output), error = ByteOutput.OfError(result.InvocationConfiguration.Error);
        return result.GetValue(_lines) ? new LineDisplay(output, error, labels: true)
            : result.GetValue(_gather) ? new GatheredDisplay(output, error)
            : result.GetValue(_none) ? new NoDisplay()
            : result.GetValue(_raw) ? new RawDisplay(output, error)
            : result.GetValue(_json) ? new JsonDisplay(output)
            : new FoldedDisplay(output, error);
    }
}
