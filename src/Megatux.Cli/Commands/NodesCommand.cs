using System.CommandLine;
using System.Globalization;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary><c>megatux nodes</c>: arithmetic with node sets.</summary>
internal static class NodesCommand
{
    private const string ExperimentOption = "--experiment";

    /// <summary>Exit code of <c>contains</c> for a node that is not in the set.</summary>
    private const int NotContained = 1;

    internal static Command Create() =>
        new("nodes", """
            Calculate with node sets, written as for ClusterShell: ranges in brackets, "," union, "!" difference,
            "&" intersection, "^" symmetric difference, from left to right. With --experiment, words and groups stand for
            nodes of it: all, guests, hosts, everything, @GROUP.
            Example: megatux nodes fold 'vm[0-1023].h[2-37]!vm5.h7'
                     megatux nodes expand --experiment experiments/laptop '@attackers!vm3.laptop0'
            """)
        {
            new Option<string?>(ExperimentOption, "-e")
            {
                Recursive = true,
                HelpName = "EXPERIMENT",
                Description = "A built experiment, for its groups: its .megatux file, the folder of that, or an experiment.json.",
            },
            Expand(),
            Fold(),
            Count(),
            Rank(),
            Unrank(),
            Contains(),
        };

    private static Command Expand()
    {
        var separator = new Option<string>("--separator", "-S")
        {
            Description = "What to print between names; \\n and \\t are a line's end and a tab.",
            DefaultValueFactory = _ => " ",
        };
        return OverSets("expand",
            "Print every name.",
            "megatux nodes expand --separator '\\n' 'h[1-3]!h2'  prints h1 and h3, each on a line.",
            (result, set) => NodesOutput.WriteAll(
                result.InvocationConfiguration.Output, set.Expand(), Unescape(result.GetValue(separator)!)),
            separator);
    }

    private static Command Fold()
    {
        var steps = new Option<bool>("--steps")
        {
            Description = "Write three or more names of equal distance as a stepped range, as in h[1-9/2].",
        };
        return OverSets("fold",
            "Print the sets' union in its shortest form, on one line.",
            "megatux nodes fold h1 h2 'h[7-9]!h8'  prints h[1-2,7,9].",
            (result, set) => result.InvocationConfiguration.Output.WriteLine(set.ToString(result.GetValue(steps))), steps);
    }

    private static Command Count() =>
        OverSets("count",
            "Print how many nodes there are.",
            "megatux nodes count 'vm[0-1023].h[1-985]'  prints 1008640.",
            (result, set) => result.InvocationConfiguration.Output.WriteLine(set.Count));

    private static Command Rank() =>
        OverMembers("rank",
            "Print the place of each node in the set's order, counted from 0, each on a line.",
            "megatux nodes rank 'h[5,10-99]' h10  prints 1.",
            "NODE", "Names of nodes of the set.", (_, output, set, node) =>
            {
                long rank = set.RankOf(node);
                if (rank < 0)
                    throw new MegatuxException(
                        ErrorCodes.NodeSetNoSuchNode, $"node \"{node}\" is not in the set; name a single node of it.");
                output.WriteLine(rank);
                return 0;
            });

    private static Command Unrank() =>
        OverMembers("unrank",
            "Print the nodes at these places of the set's order, counted from 0, each on a line.",
            "megatux nodes unrank 'h[5,10-99]' 0 2-3  prints h5, h11 and h12.",
            "INDEX", "Places, or ranges of them: 7, 0-9, 0-99/10.", (_, output, set, index) =>
            {
                NodesOutput.WriteAll(output, Ranks(index).Select(rank => NodeAt(set, rank)), Environment.NewLine);
                return 0;
            });

    private static Command Contains() =>
        OverMembers("contains",
            "Tell by the exit code whether the set has all of these nodes: 0 if so, 1 if not.",
            "megatux nodes contains 'h[1-9]' 'h[3-4]' && echo yes",
            "NODE", "Names of nodes, or sets of them.", (input, _, set, nodes) => set.Contains(input.Parse(nodes)) ? 0 : NotContained);

    /// <summary>A command about the union of its arguments.</summary>
    private static Command OverSets(
        string name, string summary, string example, Action<ParseResult, NodeSet> body, params Option[] options)
    {
        var sets = new Argument<string[]>("SET")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "Node sets; \"-\" stands for sets read from standard input, with white space between them "
                + "and comments from # on.",
        };
        var command = new Command(name, Describe(summary, example)) { sets };
        foreach (Option option in options)
            command.Options.Add(option);
        command.SetAction(result => CommandRunner.Guard(() =>
        {
            body(result, InputOf(result).Union(result.GetValue(sets)!));
            return 0;
        }, result.InvocationConfiguration.Error));
        return command;
    }

    /// <summary>A command about one set and some things to look up in it; the greatest exit code counts.</summary>
    private static Command OverMembers(
        string name, string summary, string example, string member, string memberDescription,
        Func<NodesInput, TextWriter, NodeSet, string, int> body)
    {
        var set = new Argument<string>("SET") { Description = "A node set, or \"-\" to read it from standard input." };
        var members = new Argument<string[]>(member)
        {
            Arity = ArgumentArity.OneOrMore,
            Description = memberDescription,
        };
        var command = new Command(name, Describe(summary, example)) { set, members };
        command.SetAction(result => CommandRunner.Guard(() =>
        {
            NodesInput input = InputOf(result);
            NodeSet nodes = input.Union([result.GetValue(set)!]);
            int exitCode = 0;
            foreach (string value in result.GetValue(members)!)
                exitCode = Math.Max(exitCode, body(input, result.InvocationConfiguration.Output, nodes, value));
            return exitCode;
        }, result.InvocationConfiguration.Error));
        return command;
    }

    private static NodesInput InputOf(ParseResult result) =>
        new(result.GetValue<string?>(ExperimentOption) is { } path ? ExperimentFile.Find(path).Load().Experiment : null);

    private static string Describe(string summary, string example) => $"{summary}\nExample: {example}";

    /// <summary>Reads a list of ranges as the set of names that are nothing but numbers.</summary>
    private static IEnumerable<long> Ranks(string index)
    {
        foreach (string number in NodeSet.Parse($"[{index}]").Expand())
            yield return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long rank)
                ? rank
                : throw new MegatuxException(
                    ErrorCodes.NodeSetBadNumber, $"\"{index}\" is no list of places; write 7, 0-9 or 0-99/10.");
    }

    private static string NodeAt(NodeSet set, long rank) =>
        rank < set.Count
            ? set[rank]
            : throw new MegatuxException(ErrorCodes.NodeSetNoSuchRank,
                $"there is no place {rank} in the set, which has {set.Count} nodes; places count from 0.");

    private static string Unescape(string separator) =>
        separator.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal);
}
