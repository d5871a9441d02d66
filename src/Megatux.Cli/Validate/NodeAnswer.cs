using Megatux.Model;

namespace Megatux.Cli;

/// <summary>What nodes answered to a command, the same from all of them.</summary>
/// <param name="Nodes">Who.</param>
/// <param name="Output">What they wrote to standard output.</param>
/// <param name="Error">What they wrote to standard error.</param>
/// <param name="Code">What it exited with; null where it did not end there.</param>
/// <param name="Failure">Why it did not; null where it did.</param>
internal sealed record NodeAnswer(NodeSet Nodes, string Output, string Error, int? Code, string? Failure = null)
{
    /// <summary>Bytes of output, and of errors, that are looked at; who writes more is known to have.</summary>
    internal const int MostOutput = 16 << 10, MostError = 1024;

    /// <summary>Whether there was more output than is looked at.</summary>
    internal bool IsCut => Output.Length > MostOutput;

    /// <summary>The first line of what it wrote, errors first; empty if it wrote nothing.</summary>
    internal string FirstLine => (Error.Length > 0 ? Error : Output).TrimStart('\n').Split('\n')[0];
}
