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
        if (experiment.Equations.GuestNetwork is { } networks && Around(networks) is { } overlap)
            problems.Add(overlap);
        if (experiment.HostIdentity == HostIdentity.Address && experiment.AddressRuns() is null)
            problems.Add(Wrong(experiment.Equations.HostAddress!, ErrorCodes.EquationScattered,
                $"gives addresses that do not rise, or are in more than {Experiment.MostAddressRuns} runs: dnsmasq.conf would need a line for each. "
                + $"Set {ExperimentProperties.HostIdentity} to {EnumNames.NameOf(HostIdentity.Hostname)}, by which hosts may lease any address"));
    }

    private Problem? Check(NodeEquation equation)
    {
        IReadOnlyList<long> arguments = EquationSamples.Of(equation.Count, samples, EdgesOf(equation));
        var values = new List<(long Value, long Argument)>(arguments.Count);
        foreach (long argument in arguments)
        {
            if (!equation.TryCompute(argument, out long value, out string? fault))
                return Wrong(equation, ErrorCodes.EquationFails, $"for {Node(equation, argument)}: {fault}");
            if (FaultOf(equation, value) is { } misplaced)
                return Wrong(equation, ErrorCodes.EquationValueMisplaced, $"gives {Node(equation, argument)} {Text(equation, value)}, {misplaced}");
            values.Add((value, argument));
        }

        return Twins(equation, values) ?? (equation.Inverse is null ? Fall(equation, values) : Return(equation, values));
    }

    // Names begin anew there, and so may what an equation has cases for.
    private IEnumerable<long> EdgesOf(NodeEquation equation) =>
        equation.Function == NodeEquationNames.GuestPlace ? [] : experiment.HostRanges().Select(range => range.Rank);

    private Problem? Twins(NodeEquation equation, List<(long Value, long Argument)> values)
    {
        (long Value, long Argument)[] sorted = [.. values.Order()];
        for (int at = 1; at < sorted.Length; at++)
            if (sorted[at].Value == sorted[at - 1].Value)
                return Wrong(equation, ErrorCodes.EquationNotOneToOne,
                    $"gives {Node(equation, sorted[at - 1].Argument)} and {Node(equation, sorted[at].Argument)} both {Text(equation, sorted[at].Value)}: each needs its own");
        return null;
    }

    private Problem? Fall(NodeEquation equation, List<(long Value, long Argument)> values)
    {
        for (int at = 1; at < values.Count; at++)
            if (values[at].Value < values[at - 1].Value)
                return Wrong(equation, ErrorCodes.EquationInverseWrong,
                    $"gives {Node(equation, values[at].Argument)} {Text(equation, values[at].Value)}, less than {Text(equation, values[at - 1].Value)} of {Node(equation, values[at - 1].Argument)}: "
                    + $"what does not rise needs an Inverse=\"...\", an expression of {NodeEquationNames.InverseVariable} that gives {NodeEquationNames.VariableOf(equation.Function)}");
        return null;
    }

    private Problem? Return(NodeEquation equation, List<(long Value, long Argument)> values)
    {
        foreach ((long value, long argument) in values)
            if (equation.TryInverse(value) is { } back && (back.Fault is not null || back.Value != argument))
                return new Problem(ErrorCodes.EquationInverseWrong,
                    $"Inverse of {ExperimentProperties.NodeEquation} {equation.Function} {(back.Fault is { } fault ? $"for {Text(equation, value)}: {fault}" : Invariant($"gives {back.Value} for {Text(equation, value)}"))}, "
                    + Invariant($"which the equation gives {Node(equation, argument)}: expected {argument}."),
                    equation.Subject);
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
