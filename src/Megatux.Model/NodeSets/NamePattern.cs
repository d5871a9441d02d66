using System.Text;

namespace Megatux.Model;

/// <summary>
/// What names have in common when their numbers are left out: the texts before, between and after them. Digits are
/// always numbers, so neighbouring numbers have a text between them.
/// </summary>
internal sealed class NamePattern : IEquatable<NamePattern>
{
    private readonly string[] _texts;

    public NamePattern(string[] texts)
    {
        _texts = texts;
        // Patterns are ordered as ClusterShell orders them, by the form they have as its format strings: "n" before
        // "n%s" before "n-x".
        Key = string.Join("%s", texts.Select(text => text.Replace("%", "%%", StringComparison.Ordinal)));
    }

    /// <summary>Equal and ordered (ordinally) as the patterns are.</summary>
    public string Key { get; }

    /// <summary>How many numbers names of this pattern have.</summary>
    public int Axes => _texts.Length - 1;

    /// <summary>The text before the number at <paramref name="axis"/>, or after all of them.</summary>
    public string TextBefore(int axis) => _texts[axis];

    /// <summary>The name with the given numbers.</summary>
    public string Name(ReadOnlySpan<long> ordinals)
    {
        var name = new StringBuilder();
        Span<char> digits = stackalloc char[Ordinal.MaxWidth];
        for (int i = 0; i < ordinals.Length; i++)
            name.Append(_texts[i]).Append(digits[..Ordinal.Write(ordinals[i], digits)]);
        return name.Append(_texts[^1]).ToString();
    }

    /// <summary>Writes the name with the given numbers, and returns how many characters it has.</summary>
    public int Write(ReadOnlySpan<long> ordinals, Span<char> target)
    {
        int length = 0;
        for (int i = 0; i < _texts.Length; i++)
        {
            _texts[i].CopyTo(target[length..]);
            length += _texts[i].Length;
            if (i < ordinals.Length)
                length += Ordinal.Write(ordinals[i], target[length..]);
        }

        return length;
    }

    public bool Equals(NamePattern? other) => ReferenceEquals(this, other) || other is not null && Key == other.Key;

    public override bool Equals(object? obj) => Equals(obj as NamePattern);

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);
}
