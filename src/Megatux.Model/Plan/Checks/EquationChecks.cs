using System.Globalization;

namespace Megatux.Model;

/// <summary>
/// Whether equations number nodes as the plan needs it: each node gets an integer that is where it must be and nobody
/// else's, and that leads back to it. Tried on samples, as many for ten nodes as for ten million.
/// </summary>
internal sealed partial class EquationChecks(Experiment experiment, int samples)
{
    /// <summary>Adds the first thing that is wrong with each equation.</summary>
    internal void Run(ICollection<Problem> problems)
    {
        int known = problems.Count;
        foreach (NodeEquation equation in experiment.Equations)
            if (Check(equation) is { } problem)
                problems.Add(problem);

        // What depends on all values of an equation is looked at once, when the experiment is built.
        if (problems.Count > known || samples < EquationSamples.Many)
            return;
        if (experiment.Equations.GuestNetwork is { } networks && (Unbounded(networks) ?? Around(networks)) is { } overlap)
            problems.Add(overlap);
        if (experiment.HostIdentity == HostIdentity.Address && experiment.AddressRuns() is null)
            problems.Add(Wrong(experiment.Equations.HostAddress!, ErrorCodes.EquationScattered,
                $"gives addresses that do not rise, or are in more than {Experiment.MostAddressRuns} runs: dnsmasq.conf would need a line for each. "
                + $"Set {ExperimentProperties.HostIdentity} to {EnumNames.NameOf(HostIdentity.Hostname)}, by which hosts may lease any address"));
    }

    // Routes must cover all networks. Of many that do not rise nobody knows the lowest and the highest but who computes each.
    private static Problem? Unbounded(NodeEquation networks) => networks.Rises || networks.Count <= EquationSamples.Many ? null
        : Wrong(networks, ErrorCodes.EquationInverseWrong, $"does not rise, and there are more than {EquationSamples.Many} hosts: number their networks in the order of hosts");

    private Problem? Check(NodeEquation equation)
    {
        long[] arguments = EquationSamples.Of(equation.Count, samples, EdgesOf(equation));
        long[] values = new long[arguments.Length];
        for (int at = 0; at < values.Length; at++)
        {
            if (!equation.TryCompute(arguments[at], out values[at], out string? fault))
                return Wrong(equation, ErrorCodes.EquationFails, $"for {Node(equation, arguments[at])}: {fault}");
            if (FaultOf(equation, values[at]) is { } misplaced)
                return Wrong(equation, ErrorCodes.EquationValueMisplaced, $"gives {Node(equation, arguments[at])} {Text(equation, values[at])}, {misplaced}");
        }

        return Twins(equation, arguments, values) ?? (equation.Inverse is null ? Fall(equation, arguments, values) : Return(equation, arguments, values));
    }

    // Names begin anew there, and so may what an equation has cases for.
    private IEnumerable<long> EdgesOf(NodeEquation equation) =>
        equation.Function == NodeEquationNames.GuestPlace ? [] : experiment.HostRanges().Select(range => range.Rank);

    private Problem? Twins(NodeEquation equation, long[] arguments, long[] values)
    {
        (long[] sorted, long[] owners) = ([.. values], [.. arguments]);
        Array.Sort(sorted, owners);
        for (int at = 1; at < sorted.Length; at++)
            if (sorted[at] == sorted[at - 1])
                return Wrong(equation, ErrorCodes.EquationNotOneToOne,
                    $"gives {Node(equation, Math.Min(owners[at - 1], owners[at]))} and {Node(equation, Math.Max(owners[at - 1], owners[at]))} both {Text(equation, sorted[at])}: each needs its own");
        return null;
    }

    private Problem? Fall(NodeEquation equation, long[] arguments, long[] values)
    {
        for (int at = 1; at < values.Length; at++)
            if (values[at] < values[at - 1])
                return Wrong(equation, ErrorCodes.EquationInverseWrong,
                    $"gives {Node(equation, arguments[at])} {Text(equation, values[at])}, less than {Text(equation, values[at - 1])} of {Node(equation, arguments[at - 1])}: "
                    + $"what does not rise needs an Inverse=\"...\", an expression of {NodeEquationNames.InverseVariable} that gives {NodeEquationNames.VariableOf(equation.Function)}");
        return null;
    }

    private Problem? Return(NodeEquation equation, long[] arguments, long[] values)
    {
        for (int at = 0; at < values.Length; at++)
        {
            if (equation.TryInverse(values[at]) is not { } back || (back.Fault is null && back.Value == arguments[at]))
                continue;
            string value = Text(equation, values[at]);
            return new Problem(ErrorCodes.EquationInverseWrong,
                $"Inverse of {ExperimentProperties.NodeEquation} {equation.Function} {(back.Fault is { } fault ? $"for {value}: {fault}" : Invariant($"gives {back.Value} for {value}"))}, "
                + Invariant($"which the equation gives {Node(equation, arguments[at])}: expected {arguments[at]}."),
                equation.Subject);
        }

        return null;
    }

    private static Problem Wrong(NodeEquation equation, string code, string message) =>
        new(code, $"{ExperimentProperties.NodeEquation} {equation.Function} {message}.", equation.Subject);

    private string Node(NodeEquation equation, long argument) => equation.Function == NodeEquationNames.GuestPlace
        ? Invariant($"guest {argument}") : Invariant($"host {argument} ({experiment.HostName(argument)})");

    private static string Text(NodeEquation equation, long value) => equation.Function switch
    {
        NodeEquationNames.HostMac => new MacAddress((ulong)value).ToString(),
        NodeEquationNames.GuestPlace => Invariant($"{value}"),
        _ => new IPv4Address((uint)value).ToString(),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
