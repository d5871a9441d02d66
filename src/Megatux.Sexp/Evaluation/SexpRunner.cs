namespace Megatux.Sexp;

/// <summary>
/// Runs a program again and again without making anything anew: what an equation of a million nodes takes. For one thread at a
/// time; each run has the whole budget.
/// </summary>
/// <param name="program">What is run.</param>
/// <param name="budget">What each run may use; null for <see cref="SexpBudget.Default"/>.</param>
public sealed class SexpRunner(SexpProgram program, SexpBudget? budget = null)
{
    private readonly SexpBudget _budget = budget ?? SexpBudget.Default;
    private readonly Machine _machine = new(budget ?? SexpBudget.Default);
    private readonly Closure _main = new(program.Code, []);

    /// <summary>Steps that the last run took, whether it came to its end or not.</summary>
    public long StepsTaken => Math.Min(_budget.Steps, _budget.Steps - _machine.Steps);

    /// <summary>Runs the program.</summary>
    /// <param name="arguments">A value for each of <see cref="SexpProgram.Parameters"/>.</param>
    /// <returns>The value of its last expression.</returns>
    /// <exception cref="SexpException">
    /// It did something that cannot be done, called <c>error</c>, or came to an end of its budget; the position says where.
    /// </exception>
    public SexpValue Run(params ReadOnlySpan<SexpValue> arguments)
    {
        if (arguments.Length != program.Parameters.Count)
            throw new ArgumentException($"the program has {program.Parameters.Count} parameters", nameof(arguments));
        _machine.Begin(program.Globals);
        try
        {
            int at = _machine.Push(arguments);
            return _main.Invoke(_machine, at, arguments.Length, program.Code.Body);
        }
        finally
        {
            _machine.End();
        }
    }
}
