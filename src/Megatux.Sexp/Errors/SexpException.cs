namespace Megatux.Sexp;

/// <summary>A text that cannot be read, a program that cannot be run, or one that came to its limits.</summary>
public sealed class SexpException : Exception
{
    private const int LongestMessage = 1000;

    /// <summary>An error at a place.</summary>
    /// <param name="fault">What kind of error it is.</param>
    /// <param name="message">What was expected and what was found.</param>
    /// <param name="position">Where; the message begins with it, unless it is no place.</param>
    public SexpException(SexpFault fault, string message, SexpPosition position = default)
        : base(Show(position.Line == 0 ? message : $"{position}: {message}"))
    {
        Fault = fault;
        Position = position;
    }

    /// <summary>What kind of error it is.</summary>
    public SexpFault Fault { get; }

    /// <summary>Where in the text that was read, or in the program.</summary>
    public SexpPosition Position { get; }

    /// <summary>The name that nothing has, where that is what is wrong with a program.</summary>
    public string? UnknownName { get; init; }

    // Texts of programs and samples are in messages, and whoever sent them shall not write on a terminal what he likes.
    private static string Show(string message)
    {
        ReadOnlySpan<char> shown = message.AsSpan(0, Math.Min(message.Length, LongestMessage));
        foreach (char letter in shown)
            if (char.IsControl(letter))
                return string.Concat(shown.ToArray().Select(letter => char.IsControl(letter) ? '?' : letter));
        return shown.ToString();
    }
}
