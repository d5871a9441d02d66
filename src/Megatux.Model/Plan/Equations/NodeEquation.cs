namespace Megatux.Model;

/// <summary>
/// A function of the address plan that a project expresses itself, and its inverse. It is compiled for one experiment, and
/// any number of threads may ask it.
/// </summary>
public sealed class NodeEquation : IEquatable<NodeEquation>
{
    /// <summary>The most characters of an expression: a manifest is read whole by every agent.</summary>
    public const int MaxText = 1000;

    private const long MostAddress = uint.MaxValue;
    private const long MostMac = (1L << (8 * MacAddress.Octets)) - 1;

    private readonly ICompiledEquation _equation;
    private readonly ICompiledEquation? _inverse;
    private readonly Lazy<EquationSurvey> _survey;

    internal NodeEquation(string function, string expression, string? inverse, long count, Func<string, string, ICompiledEquation> compile)
    {
        (Function, Expression, Inverse, Count) = (function, expression, inverse, count);
        _equation = compile(expression, NodeEquationNames.VariableOf(function));
        _inverse = inverse is null ? null : compile(inverse, NodeEquationNames.InverseVariable);
        _survey = new Lazy<EquationSurvey>(() => EquationSurvey.Of(this));
    }

    /// <summary>Which function it replaces: one of <see cref="NodeEquationNames"/>.</summary>
    public string Function { get; }

    /// <summary>Its text.</summary>
    public string Expression { get; }

    /// <summary>The text of its inverse; null where that is found by bisection, since the equation rises.</summary>
    public string? Inverse { get; }

    /// <summary>How many nodes it numbers: its arguments are 0 to this less one.</summary>
    internal long Count { get; }

    /// <summary>The greatest value that means anything.</summary>
    internal long Most => Function == NodeEquationNames.HostMac ? MostMac : MostAddress;

    /// <summary>Whether it rises with its argument, as far as samples tell.</summary>
    internal bool Rises => Inverse is null || _survey.Value.Rises;

    /// <summary>The lowest and the highest value of samples.</summary>
    internal (long Lowest, long Highest) Ends => Rises ? (Of(0), Of(Count - 1)) : (_survey.Value.Lowest, _survey.Value.Highest);

    /// <summary>Computes it.</summary>
    /// <param name="argument">A host's rank or a guest's number, as the function has it.</param>
    /// <exception cref="MegatuxException">It gives none that means anything, which no sample showed when the experiment was built.</exception>
    internal long Of(long argument) => TryCompute(argument, out long value, out string? fault) ? value
        : throw new MegatuxException(ErrorCodes.EquationFails, $"{ExperimentProperties.NodeEquation} {Function} of {argument}: {fault}.", Subject);

    /// <summary>Whose value one is; -1 for nobody's. An inverse is not believed: what it says must lead back.</summary>
    internal long InverseOf(long value)
    {
        long found;
        if (_inverse is null)
            found = FirstFrom(value);
        else if (!_inverse.TryCompute(value, out found, out _))
            return -1;
        return found >= 0 && found < Count && TryCompute(found, out long back, out _) && back == value ? found : -1;
    }

    /// <summary>What the inverse itself says, believed or not; null where it is found by bisection.</summary>
    internal (long Value, string? Fault)? TryInverse(long value) =>
        _inverse is null ? null : _inverse.TryCompute(value, out long found, out string? fault) ? (found, null) : (0, fault);

    /// <summary>Of an equation that <see cref="Rises"/>, the first argument whose value is not below one; <see cref="Count"/> if there is none.</summary>
    internal long FirstFrom(long value)
    {
        long low = 0, high = Count;
        while (low < high)
        {
            long middle = low + ((high - low) / 2);
            if (TryCompute(middle, out long found, out _) && found < value)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    internal bool TryCompute(long argument, out long value, out string? fault)
    {
        if (!_equation.TryCompute(argument, out value, out fault))
            return false;
        if (value >= 0 && value <= Most)
            return true;
        fault = $"it gives {value}, expected 0 to {Most}";
        return false;
    }

    /// <summary>The item, as problems name it.</summary>
    internal string Subject => $"{ExperimentProperties.NodeEquation}:{Function}";

    /// <inheritdoc/>
    public bool Equals(NodeEquation? other) =>
        other is not null && (Function, Expression, Inverse, Count) == (other.Function, other.Expression, other.Inverse, other.Count);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NodeEquation);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Function, Expression, Inverse, Count);
}
