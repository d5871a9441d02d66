using Megatux.Model;
using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>
/// Something that holds of a node's sample or does not: an expression of <c>node</c> and <c>s</c>, as in a reduction's
/// <c>sample</c>. As a reduction it says of which nodes it holds, however many there are.
/// </summary>
public static class NodeCondition
{
    /// <summary>The key of the reduction: a group of <see cref="Holds"/> and <see cref="Fails"/>.</summary>
    public const string Key = "holds";

    /// <summary>The values of the group.</summary>
    public const string Holds = "yes", Fails = "no";

    private static readonly string[] Parameters = ["node", "s"];

    private static readonly SexpLimits Limits = new() { MaxMessageBytes = Reduction.MostTextBytes, MaxTokenBytes = Reduction.MostTextBytes };

    /// <summary>The program of the reduction.</summary>
    /// <param name="expression">The expression.</param>
    /// <exception cref="MegatuxException">It cannot be compiled (<see cref="ErrorCodes.ReductionMalformed"/>); the message begins with the place.</exception>
    public static string ProgramOf(string expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        try
        {
            // Alone at first: brackets of its own must not close ours, and places are to be those in the expression.
            IReadOnlyList<Datum> forms = Datum.ParseAll(expression, Limits);
            if (forms.Count != 1)
                throw new MegatuxException(ErrorCodes.ReductionMalformed, $"expected one expression such as (< (get s 'load 'one) 2), found {forms.Count}.");
            var functions = new SampleFunctions();
            SexpProgram.Compile(forms, Parameters, functions.All);
        }
        catch (SexpException malformed)
        {
            string[] known = [.. Parameters, .. new SampleFunctions().All.Select(function => function.Name), .. SexpProgram.Words];
            string hint = malformed.UnknownName is { } unknown && NearestName.Of(unknown, known) is { } near ? $"; did you mean {near}?" : ".";
            throw new MegatuxException(ErrorCodes.ReductionMalformed, $"{malformed.Message.TrimEnd('.')}{hint}", inner: malformed);
        }

        // On a line of its own, as it may end with a comment.
        return $"(define (sample node s) (list (list '{Key} (group (if\n{expression}\n'{Holds} '{Fails})))))\n";
    }
}
