namespace Megatux.Model;

/// <summary>Reads and compiles the equations of an experiment.</summary>
internal static class EquationReader
{
    /// <summary>The experiment with its equations; all that is wrong with their texts is added to the problems.</summary>
    internal static Experiment Read(Experiment experiment, IReadOnlyList<EquationDescription> equations, IEquationCompiler compiler, ICollection<Problem> problems)
    {
        foreach (EquationDescription equation in equations)
        {
            try
            {
                experiment = experiment with { Equations = experiment.Equations.With(Read(experiment, equation, compiler)) };
            }
            catch (MegatuxException refused)
            {
                problems.Add(refused.Problem with { Subject = $"{ExperimentProperties.NodeEquation}:{equation.Function}" });
            }
        }

        return experiment;
    }

    private static NodeEquation Read(Experiment experiment, EquationDescription equation, IEquationCompiler compiler)
    {
        string function = equation.Function;
        if (!NodeEquationNames.All.Contains(function))
        {
            string near = NearestName.Of(function, NodeEquationNames.All) is { } name ? $"did you mean {name}? " : "";
            throw Refused(ErrorCodes.EquationUnknown,
                $"{ExperimentProperties.NodeEquation} '{Wording.Shorten(function)}' is no function of the plan: {near}Those are {string.Join(", ", NodeEquationNames.All)}");
        }

        string item = $"{ExperimentProperties.NodeEquation} {function}";
        if (experiment.Equations.Find(function) is not null)
            throw Refused(ErrorCodes.EquationUnknown, $"There are two {item}: leave one out");
        if (string.IsNullOrWhiteSpace(equation.Expression))
            throw Refused(ErrorCodes.MetadataMalformed, $"{item} lacks Expression: expected one of {NodeEquationNames.VariableOf(function)}, such as Expression=\"{ExampleOf(function)}\"");
        IReadOnlyList<KeyValuePair<string, long>> parameters = NodeEquationNames.ParametersOf(experiment);
        long count = function == NodeEquationNames.GuestPlace ? experiment.VmsPerHost : experiment.HostCount;
        return new NodeEquation(function, equation.Expression.Trim(), string.IsNullOrWhiteSpace(equation.Inverse) ? null : equation.Inverse.Trim(), count, Compile);

        ICompiledEquation Compile(string text, string variable)
        {
            string part = variable == NodeEquationNames.InverseVariable ? nameof(NodeEquation.Inverse) : nameof(NodeEquation.Expression);
            if (text.Length > NodeEquation.MaxText)
                throw Refused(ErrorCodes.EquationMalformed, $"{part} of {item} has {text.Length} characters: use at most {NodeEquation.MaxText}");
            try
            {
                return compiler.Compile(text, variable, parameters);
            }
            catch (MegatuxException malformed)
            {
                throw new MegatuxException(malformed.Problem with { Message = $"{part} of {item}, {malformed.Problem.Message}" }, malformed);
            }
        }
    }

    private static string ExampleOf(string function) => function switch
    {
        NodeEquationNames.HostAddress => "(+ first h)",
        NodeEquationNames.HostMac => "(+ 0x024d00000000 h)",
        NodeEquationNames.GuestNetwork => "(+ base (* size h))",
        _ => "(+ 2 g)",
    };

    private static MegatuxException Refused(string code, string message) => new(code, $"{message}.");
}
