namespace Megatux.Sexp;

/// <summary>What kind of thing went wrong: who asks decides by it whether to drop, to refuse or to try again with more.</summary>
public enum SexpFault
{
    /// <summary>The text is none of the grammar: unbalanced, cut off, or with a byte that has no meaning.</summary>
    Malformed,

    /// <summary>The text nests deeper, or has a longer token or message, than <see cref="SexpLimits"/> allow.</summary>
    TooLarge,

    /// <summary>A program says something that the language does not have.</summary>
    BadProgram,

    /// <summary>A program did something with a value that cannot be done with it.</summary>
    BadValue,

    /// <summary>A number would not fit into 64 bits and 18 digits behind the point.</summary>
    Overflow,

    /// <summary>A program called <c>error</c>.</summary>
    Raised,

    /// <summary>A program took more steps than its budget has.</summary>
    OutOfSteps,

    /// <summary>A program made more values than its budget has memory for.</summary>
    OutOfMemory,

    /// <summary>A program's calls nested deeper than its budget allows.</summary>
    OutOfDepth,
}
