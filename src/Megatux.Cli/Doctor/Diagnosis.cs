using System.ComponentModel;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>The facts that were found, in the order of the checks.</summary>
internal sealed class Diagnosis
{
    private readonly List<(Check Check, Finding Finding)> _facts = [];

    /// <summary>The facts.</summary>
    internal IReadOnlyList<(Check Check, Finding Finding)> Facts => _facts;

    /// <summary>Required checks that found something missing: what prevents a boot.</summary>
    internal IEnumerable<string> Obstacles =>
        _facts.Where(fact => fact.Check.IsRequired && fact.Finding.Verdict == Verdict.Missing).Select(fact => fact.Check.Name);

    /// <summary>Runs checks, each for itself: one that fails is a fact like others.</summary>
    /// <param name="checks">The checks.</param>
    /// <param name="found">Is told of each fact as it is found.</param>
    internal static Diagnosis Make(IEnumerable<Check> checks, Action<Check, Finding> found)
    {
        var diagnosis = new Diagnosis();
        foreach (Check check in checks)
        {
            Finding finding = Run(check);
            diagnosis._facts.Add((check, finding));
            found(check, finding);
        }

        return diagnosis;
    }

    private static Finding Run(Check check)
    {
        try
        {
            return check.Run();
        }
        catch (Exception failure) when (failure is MegatuxException or IOException or UnauthorizedAccessException or Win32Exception or TimeoutException or FormatException or PlatformNotSupportedException)
        {
            return Finding.Missing(failure.Message.ReplaceLineEndings(" "));
        }
    }
}
