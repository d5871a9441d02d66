namespace Megatux.Model;

/// <summary>A function of the address plan and its inverse: numbers in steps from a start, or what the project's equation says.</summary>
/// <param name="Count">How many nodes it numbers.</param>
/// <param name="Start">The first one's number, where there is no equation.</param>
/// <param name="Step">How far apart they are, from 1, where there is no equation.</param>
/// <param name="Equation">The project's own.</param>
internal readonly record struct NodeFunction(long Count, long Start, long Step, NodeEquation? Equation)
{
    /// <summary>Whether numbers rise with nodes.</summary>
    internal bool Rises => Equation?.Rises ?? true;

    /// <summary>The number of a node.</summary>
    internal long Of(long node) => Equation is null ? Start + node * Step : Equation.Of(node);

    /// <summary>The node that has a number; -1 for nobody.</summary>
    internal long InverseOf(long number)
    {
        if (Equation is not null)
            return Equation.InverseOf(number);
        (long node, long rest) = Math.DivRem(number - Start, Step);
        return number >= Start && rest == 0 && node < Count ? node : -1;
    }

    /// <summary>Where numbers rise, the first node whose number is not below one; <see cref="Count"/> if there is none.</summary>
    internal long FirstFrom(long number) => Equation is not null ? Equation.FirstFrom(number)
        : number <= Start ? 0 : Math.Min(Count, (number - Start + Step - 1) / Step);

    /// <summary>Whether a node has a number between two, both included; true where an equation does not rise and nobody can say.</summary>
    internal bool MayHave(long first, long last) => !Rises || (FirstFrom(first) is var node && node < Count && Of(node) <= last);
}
