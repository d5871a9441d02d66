using System.Collections;

namespace Megatux.Model;

/// <summary>The node groups of an experiment, in the project's order.</summary>
public sealed class NodeGroups : IReadOnlyList<NodeGroup>, IEquatable<NodeGroups>
{
    /// <summary>The most characters of a group's name.</summary>
    public const int MaxName = 63;

    /// <summary>The most groups of an experiment.</summary>
    public const int Most = 1000;

    /// <summary>The most characters that all sets may have together: a manifest is read whole by every agent.</summary>
    public const int MaxText = 128 << 10;

    private readonly NodeGroup[] _groups;

    private NodeGroups(NodeGroup[] groups) => _groups = groups;

    /// <summary>No group.</summary>
    public static NodeGroups None { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _groups.Length;

    /// <inheritdoc/>
    public NodeGroup this[int index] => _groups[index];

    /// <summary>These, and one more behind them.</summary>
    public NodeGroups With(NodeGroup group) => new([.. _groups, group]);

    /// <summary>The nodes of a group; null if there is no group of the name.</summary>
    public NodeSet? Find(string name) => Array.Find(_groups, group => group.Name == name)?.Nodes;

    /// <inheritdoc/>
    public bool Equals(NodeGroups? other) => other is not null && _groups.AsSpan().SequenceEqual(other._groups);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NodeGroups);

    /// <inheritdoc/>
    public override int GetHashCode() => _groups.Aggregate(0, HashCode.Combine);

    /// <inheritdoc/>
    public IEnumerator<NodeGroup> GetEnumerator() => ((IEnumerable<NodeGroup>)_groups).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
