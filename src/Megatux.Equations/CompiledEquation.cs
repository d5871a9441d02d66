using System.Diagnostics.CodeAnalysis;
using Megatux.Model;
using Megatux.Sexp;

namespace Megatux.Equations;

/// <summary>An equation and the numbers that it knows.</summary>
internal sealed class CompiledEquation(SexpProgram program, long[] parameters) : ICompiledEquation
{
    // A name is looked up while somebody waits: enough for a loop over a table of racks, and over in a fraction of a millisecond.
    private static readonly SexpBudget Budget = new() { Steps = 10_000, Depth = 200, Memory = 256 << 10 };

    // A runner is for one thread at a time. Who finds the spare one taken makes another.
    private Run? _spare;

    public bool TryCompute(long argument, out long value, [NotNullWhen(false)] out string? fault)
    {
        Run run = Interlocked.Exchange(ref _spare, null) ?? new Run(program, parameters);
        try
        {
            SexpValue result = run.Of(argument);
            bool isInteger = result.TryGetInteger(out value);
            fault = isInteger ? null : $"it gives {Shown(result)}, expected an integer";
            return isInteger;
        }
        catch (SexpException failure)
        {
            value = 0;
            fault = failure.Message;
            return false;
        }
        finally
        {
            Volatile.Write(ref _spare, run);
        }
    }

    private static string Shown(SexpValue value)
    {
        const int Longest = 40;
        try
        {
            string text = value.ToString();
            return text.Length <= Longest ? text : $"{text.AsSpan(0, Longest)}…";
        }
        catch (SexpException)
        {
            return "a function";
        }
    }

    private sealed class Run
    {
        private readonly SexpRunner _runner;
        private readonly SexpValue[] _arguments;

        internal Run(SexpProgram program, long[] parameters)
        {
            _runner = new SexpRunner(program, Budget);
            _arguments = [0, .. parameters.Select(parameter => (SexpValue)parameter)];
        }

        internal SexpValue Of(long argument)
        {
            _arguments[0] = argument;
            return _runner.Run(_arguments);
        }
    }
}
