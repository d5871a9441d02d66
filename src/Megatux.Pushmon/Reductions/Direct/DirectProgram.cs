using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>
/// A program of the plain form <c>(define (sample node s) (list (list 'KEY (stat VALUE)) ...))</c>, whose values are made of fields, constants,
/// <c>+ - *</c>, comparisons, <c>and or if</c>: it reads the few fields that it needs straight from the sample's text.
/// </summary>
/// <remarks>It gives what the machine gives. Whatever is not plain, in a program or in a sample, is left to the machine.</remarks>
internal sealed class DirectProgram
{
    private DirectProgram(DirectEntry[] entries, IReadOnlyList<(string Entry, string Field)> fields) => (Entries, Fields) = (entries, fields);

    internal DirectEntry[] Entries { get; }

    /// <summary>The fields that it needs; expressions know them by their place here.</summary>
    internal IReadOnlyList<(string Entry, string Field)> Fields { get; }

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
        var compiler = new DirectCompiler(node, s);
        return compiler.Entries(body) is { } entries ? new DirectProgram(entries, compiler.Fields) : null;
    }
}
