using Megatux.Equations;

namespace Megatux.Model;

/// <summary>What tests of plans make of descriptions. Those of equations are compiled with it, too.</summary>
internal static class Resolving
{
    /// <summary>The experiment, of which nothing may be wrong.</summary>
    public static Experiment Resolved(this ExperimentDescription description)
    {
        (Experiment? experiment, IReadOnlyList<Problem> problems) = description.Resolve(EquationCompiler.Instance);
        Assert.Empty(problems);
        return experiment!;
    }

    /// <summary>What is wrong with a description: one thing only.</summary>
    public static Problem OnlyProblem(this ExperimentDescription description)
    {
        (Experiment? experiment, IReadOnlyList<Problem> problems) = description.Resolve(EquationCompiler.Instance);
        Assert.Null(experiment);
        return Assert.Single(problems);
    }

    public static IPv4Address Address(string text)
    {
        Assert.True(IPv4Address.TryParse(text, out IPv4Address address), text);
        return address;
    }
}
