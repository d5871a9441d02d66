namespace Megatux.Sexp;

/// <summary>Whether values are the same, part by part.</summary>
internal static class Equality
{
    /// <summary>Numbers by value (no number at all is like itself), strings and symbols by their bytes, lists item by item.</summary>
    internal static bool AreEqual(in SexpCall call, SexpValue a, SexpValue b) => AreEqual(call, a, b, SexpLimits.DeepestNesting);

    /// <summary>The same without looking into lists: two are the same when they are one.</summary>
    internal static bool AreSame(in SexpCall call, SexpValue a, SexpValue b)
    {
        if (a.IsInteger && b.IsInteger)
            return a.Bits == b.Bits;
        if (a.IsNumber && b.IsNumber)
            return Comparisons.Compare(call, a, b) == 0 || (double.IsNaN(a.ToDouble()) && double.IsNaN(b.ToDouble()));
        if (a.AsText is not { } left || b.AsText is not { } right)
            return ReferenceEquals(a.Reference, b.Reference) && (!a.IsBoolean || a.IsTrue == b.IsTrue);
        if (ReferenceEquals(left, right))
            return true;
        if (left.Kind != right.Kind || left.Bytes.Length != right.Bytes.Length)
            return false;
        call.Step(left.Bytes.Length >> 6);
        return left.Bytes.SequenceEqual(right.Bytes);
    }

    // Lists share their parts, so that one of little memory may have more parts than can be visited: each is charged.
    private static bool AreEqual(in SexpCall call, SexpValue a, SexpValue b, int depth)
    {
        if (a.AsList is not { } left || b.AsList is not { } right)
            return AreSame(call, a, b);
        if (depth == 0)
            throw call.Fault($"{call.Name} compares lists that nest deeper than {SexpLimits.DeepestNesting}", SexpFault.OutOfDepth);
        for (; !left.IsNil && !right.IsNil; left = left.Tail, right = right.Tail)
        {
            if (ReferenceEquals(left, right))
                return true;
            call.Step();
            if (!AreEqual(call, left.Head, right.Head, depth - 1))
                return false;
        }

        return left.IsNil && right.IsNil;
    }
}
