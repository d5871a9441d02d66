namespace Megatux.Model;

/// <summary>Something that the user gave, or that the machine lacks, stops the work. Never thrown for a defect of ours.</summary>
public sealed class MegatuxException : Exception
{
    /// <summary>Carries <paramref name="problem"/> to whoever can show it.</summary>
    public MegatuxException(Problem problem, Exception? inner = null)
        : base((problem ?? throw new ArgumentNullException(nameof(problem))).Message, inner) => Problem = problem;

    /// <summary>Carries a problem made from its parts.</summary>
    public MegatuxException(string code, string message, string? subject = null, SourceLocation? where = null, Exception? inner = null)
        : this(new Problem(code, message, subject, where), inner)
    {
    }

    /// <summary>What is wrong, where, and what to do.</summary>
    public Problem Problem { get; }
}
