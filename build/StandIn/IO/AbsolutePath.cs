namespace Nuke.Common.IO;

/// <summary>A full path, without trailing or doubled separators; extended with <c>/</c>.</summary>
public sealed class AbsolutePath : IEquatable<AbsolutePath>
{
    private readonly string _path;

    private AbsolutePath(string path) => _path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    /// <summary>Last part of the path.</summary>
    public string Name => Path.GetFileName(_path);

    /// <summary>Last part of the path without its extension.</summary>
    public string NameWithoutExtension => Path.GetFileNameWithoutExtension(_path);

    /// <summary>The folder that holds this path.</summary>
    public AbsolutePath Parent => Path.GetDirectoryName(_path)!;

    /// <summary>A path below this one; <c>..</c> leads upwards.</summary>
    public static AbsolutePath operator /(AbsolutePath left, string right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return new AbsolutePath(Path.Combine(left._path, right));
    }

    /// <summary>The path of a text.</summary>
    /// <exception cref="ArgumentException">The text is not a full path.</exception>
    public static implicit operator AbsolutePath(string path) =>
        Path.IsPathRooted(path) ? new AbsolutePath(path) : throw new ArgumentException($"'{path}' is not a full path.", nameof(path));

    /// <summary>The text of a path.</summary>
    public static implicit operator string(AbsolutePath path) => path?.ToString()!;

    /// <inheritdoc/>
    public bool Equals(AbsolutePath? other) => other is not null && other._path == _path;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AbsolutePath);

    /// <inheritdoc/>
    public override int GetHashCode() => _path.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => _path;
}
