using Megatux.Model;

namespace Megatux.Cli;

/// <summary>Node sets from the command line and standard input.</summary>
/// <param name="plan">The experiment whose words and groups may stand for nodes; null if there are none.</param>
internal sealed class NodesInput(Experiment? plan)
{
    private const string StandardInput = "-";

    /// <summary>The union of all arguments; each is read by itself, so operators do not reach over its end.</summary>
    internal NodeSet Union(IEnumerable<string> arguments) =>
        NodeSet.UnionOf(arguments.SelectMany(argument => argument == StandardInput ? Read(Console.In) : [Parse(argument)]));

    /// <summary>Reads one set.</summary>
    internal NodeSet Parse(string text) => plan?.Parse(text) ?? NodeSet.Parse(text);

    /// <summary>The words of a text, each a set, as ClusterShell's command reads them; errors name the line.</summary>
    private IEnumerable<NodeSet> Read(TextReader input)
    {
        Func<string, NodeSet?>? named = plan is null ? null : plan.Named;
        for (int line = 1; input.ReadLine() is { } text; line++)
            foreach (string word in text.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                yield return NodeSet.Parse(word, new SourceLocation("standard input", line), named);
    }
}
