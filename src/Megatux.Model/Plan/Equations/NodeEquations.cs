using System.Collections;

namespace Megatux.Model;

/// <summary>The equations of an experiment, in the project's order; what has none is as the plan has it.</summary>
public sealed class NodeEquations : IReadOnlyList<NodeEquation>, IEquatable<NodeEquations>
{
    private readonly NodeEquation[] _equations;

    private NodeEquations(NodeEquation[] equations)
    {
        _equations = equations;
        HostAddress = Find(NodeEquationNames.HostAddress);
        HostMac = Find(NodeEquationNames.HostMac);
        GuestNetwork = Find(NodeEquationNames.GuestNetwork);
        GuestPlace = Find(NodeEquationNames.GuestPlace);
    }

    /// <summary>No equation.</summary>
    public static NodeEquations None { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _equations.Length;

    /// <inheritdoc/>
    public NodeEquation this[int index] => _equations[index];

    internal NodeEquation? HostAddress { get; }

    internal NodeEquation? HostMac { get; }

    internal NodeEquation? GuestNetwork { get; }

    internal NodeEquation? GuestPlace { get; }

    /// <summary>The equation of a function; null if it has none.</summary>
    /// <param name="function">One of <see cref="NodeEquationNames"/>.</param>
    public NodeEquation? Find(string function) => Array.Find(_equations, equation => equation.Function == function);

    /// <summary>These, and one more behind them.</summary>
    internal NodeEquations With(NodeEquation equation) => new([.. _equations, equation]);

    /// <inheritdoc/>
    public bool Equals(NodeEquations? other) => other is not null && _equations.AsSpan().SequenceEqual(other._equations);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NodeEquations);

    /// <inheritdoc/>
    public override int GetHashCode() => _equations.Aggregate(0, HashCode.Combine);

    /// <inheritdoc/>
    public IEnumerator<NodeEquation> GetEnumerator() => ((IEnumerable<NodeEquation>)_equations).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
