using Megatux.Model;

namespace Megatux.Cli;

/// <summary>Node sets from the command line and standard input.</summary>
internal static class NodesInput
{
    private const string StandardInput = "-";

    /// <summary>The union of all arguments; each is read by itself, so operators do not reach over its end.</summary>
    internal static NodeSet Union(IEnumerable<string> arguments) =>
        NodeSet.UnionOf(arguments.SelectMany(argument => argument == StandardInput ? Read(Console.In) : [NodeSet.Parse(argument)]));

    /// <summary>The words of a text, each a set, as ClusterShell's command reads them; errors name the line.</summary>
    private static IEnumerable<NodeSet> Read(TextReader input)
    {
        for (int line = 1; input.ReadLine() is { } text; line++)
            foreach (string word in text.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                yield return NodeSet.Parse(word, new SourceLocation("standard input", line));
    }
}
