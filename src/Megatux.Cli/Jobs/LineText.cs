namespace Megatux.Cli;

/// <summary>The bytes of a line without its end, equal where they are the same.</summary>
internal readonly struct LineText : IEquatable<LineText>
{
    private readonly int _hash;

    internal LineText(ReadOnlyMemory<byte> bytes)
    {
        var hash = new HashCode();
        hash.AddBytes(bytes.Span);
        (_hash, Bytes) = (hash.ToHashCode(), bytes);
    }

    internal ReadOnlyMemory<byte> Bytes { get; }

    /// <inheritdoc/>
    public bool Equals(LineText other) => _hash == other._hash && Bytes.Span.SequenceEqual(other.Bytes.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is LineText other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;
}
