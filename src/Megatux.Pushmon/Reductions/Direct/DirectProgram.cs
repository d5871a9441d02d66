using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>
/// A program of the plain form <c>(define (sample node s) (list (list 'KEY (stat VALUE)) ...))</c>, whose values are made of fields, constants,
/// <c>+ - *</c>, comparisons, <c>and or if</c>: it reads the few fields that it needs straight from the sample's text.
/// </summary>
/// <remarks>It gives what the machine gives. Whatever is not plain, in a program or in a sample, is left to the machine.</remarks>
internal sealed class DirectProgram
{
    internal DirectProgram(DirectEntry[] entries, IReadOnlyList<DirectField> fields, DirectStep[] steps, DirectValue[] values) =>
        (Entries, Fields, Steps, Values) = (entries, fields, steps, values);

    internal DirectEntry[] Entries { get; }

    /// <summary>The fields that it needs.</summary>
    internal IReadOnlyList<DirectField> Fields { get; }

    /// <summary>What is made of fields and constants, in this order.</summary>
    internal DirectStep[] Steps { get; }

    /// <summary>All values before anything is read: constants are in their places, fields are <c>#f</c>.</summary>
    internal DirectValue[] Values { get; }

    /// <summary>Compiles the definition of <c>sample</c>.</summary>
    /// <returns>Null for a program that is not of the plain form.</returns>
    internal static DirectProgram? TryCompile(Datum sample, IReadOnlyList<Datum> forms)
    {
        // What else a program defines could have any name: that of a function, for one.
        foreach (Datum form in forms)
            if (!ReferenceEquals(form, sample) && !(form.Items is [var define, { Items: [var name, ..] }, ..] && define.IsSymbol("define"u8) && name.IsSymbol("merge"u8)))
                return null;
        if (sample.Items is not [_, { Items: [_, var node, var s] }, var body] || node.Equals(s))
            return null;
        return new DirectCompiler(node, s).Compile(body);
    }
}
