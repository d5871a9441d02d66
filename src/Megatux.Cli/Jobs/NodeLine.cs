using Megatux.Model;

namespace Megatux.Cli;

/// <summary>A line that nodes wrote, the same by all of them.</summary>
/// <param name="Nodes">Who wrote it.</param>
/// <param name="IsError">True for standard error.</param>
/// <param name="Text">The line, without its end.</param>
internal sealed record NodeLine(NodeSet Nodes, bool IsError, LineText Text);
