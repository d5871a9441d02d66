using System.Text.RegularExpressions;

namespace Megatux.Model;

/// <summary>What a node must write: a text, line ends at its end apart, or a pattern that is found in it.</summary>
public sealed class ExpectedOutput : IEquatable<ExpectedOutput>
{
    private const char Slash = '/';

    /// <summary>Patterns take time in proportion to the output's length; this bounds the largest of them.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly Regex? _pattern;
    private readonly string _plain;

    private ExpectedOutput(string text, Regex? pattern) => (Text, _plain, _pattern) = (text, text.TrimEnd('\n'), pattern);

    /// <summary>As the project writes it.</summary>
    public string Text { get; }

    /// <summary>Reads it.</summary>
    /// <param name="text">A text; between slashes, a regular expression of .NET without look-around and references back.</param>
    /// <exception cref="ArgumentException">The pattern is none; the message says why.</exception>
    public static ExpectedOutput Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text is not [Slash, .. var pattern, Slash])
            return new ExpectedOutput(text, null);
        try
        {
            return new ExpectedOutput(text, new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Limit));
        }
        catch (NotSupportedException unsupported)
        {
            throw new ArgumentException(unsupported.Message, nameof(text), unsupported);
        }
    }

    /// <summary>Whether an output is as expected.</summary>
    /// <param name="output">The output; line ends at its end do not count.</param>
    public bool Matches(string output)
    {
        ArgumentNullException.ThrowIfNull(output);
        string plain = output.TrimEnd('\n');
        if (_pattern is null)
            return plain == _plain;
        try
        {
            return _pattern.IsMatch(plain);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public bool Equals(ExpectedOutput? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ExpectedOutput);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>For people: <c>'text'</c>, or <c>/pattern/</c>.</summary>
    public override string ToString() => _pattern is null ? $"'{Text}'" : Text;
}
