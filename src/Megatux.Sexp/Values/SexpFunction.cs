namespace Megatux.Sexp;

/// <summary>Something that a program can call.</summary>
public abstract class SexpFunction
{
    private protected SexpFunction()
    {
    }

    /// <summary>Calls it with what stands on the machine's stack from a place on, and takes that off.</summary>
    internal abstract SexpValue Invoke(Machine machine, int at, int count, Node caller);
}
