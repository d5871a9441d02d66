namespace Megatux.Sexp;

public static partial class CanonicalSexp
{
    // 2^31 - 1 has as many.
    private const int MostDigits = 10;

    /// <summary>Reads one datum that takes all of the bytes.</summary>
    /// <exception cref="SexpException">
    /// They are none in canonical form, or it is larger than the limits. Positions are columns of one line: the byte, counted from 1.
    /// </exception>
    public static Datum Parse(ReadOnlySpan<byte> bytes, SexpLimits? limits = null)
    {
        limits ??= SexpLimits.Default;
        if (bytes.Length > limits.MaxMessageBytes)
            throw Fault(SexpFault.TooLarge, $"a datum is longer than {limits.MaxMessageBytes} bytes", 0);
        int at = 0;
        List<Datum> items = [];
        Stack<(int FirstItem, int Start)> open = [];
        while (true)
        {
            Datum datum;
            switch (at < bytes.Length ? bytes[at] : 0)
            {
                case (byte)'(':
                    if (open.Count >= limits.MaxDepth)
                        throw Fault(SexpFault.TooLarge, $"lists nest deeper than {limits.MaxDepth}", at);
                    open.Push((items.Count, at++));
                    continue;
                case (byte)')' when open.TryPop(out (int FirstItem, int Start) list):
                    datum = Datum.List([.. items[list.FirstItem..]], Place(list.Start));
                    items.RemoveRange(list.FirstItem, items.Count - list.FirstItem);
                    at++;
                    break;
                default:
                    datum = ReadString(bytes, ref at, limits);
                    break;
            }

            if (open.Count > 0)
            {
                items.Add(datum);
                continue;
            }

            return at == bytes.Length ? datum : throw Fault(SexpFault.Malformed, "expected the end of the bytes behind one datum", at);
        }
    }

    private static Datum ReadString(ReadOnlySpan<byte> bytes, scoped ref int at, SexpLimits limits)
    {
        int start = at;
        ReadOnlySpan<byte> hint = default;
        if (at < bytes.Length && bytes[at] == (byte)'[')
        {
            at++;
            hint = ReadOctets(bytes, ref at, limits);
            if (hint.IsEmpty)
                throw Fault(SexpFault.Malformed, "a display hint is empty", start);
            if (at == bytes.Length || bytes[at] != (byte)']')
                throw Fault(SexpFault.Malformed, "expected ']' behind a display hint", at);
            at++;
        }

        byte[] value = ReadOctets(bytes, ref at, limits).ToArray();
        bool couldBeAtom = ByteClasses.AreAtom(value);
        return couldBeAtom && hint.IsEmpty ? Datum.Atom(value, Place(start))
            : Datum.String(value, Place(start), couldBeAtom && hint.SequenceEqual(TextHint) ? null : hint.ToArray());
    }

    private static ReadOnlySpan<byte> ReadOctets(ReadOnlySpan<byte> bytes, scoped ref int at, SexpLimits limits)
    {
        int start = at;
        long length = 0;
        while (at < bytes.Length && bytes[at] is >= (byte)'0' and <= (byte)'9' && at - start < MostDigits)
            length = length * 10 + (bytes[at++] - '0');
        if (at == start || at == bytes.Length || bytes[at] != (byte)':')
            throw Fault(SexpFault.Malformed, at == start ? "expected a list, or a string behind its length" : "expected ':' behind the length of a string", at);
        if (bytes[start] == (byte)'0' && at - start > 1)
            throw Fault(SexpFault.Malformed, "a length has a zero in front", start);
        if (length > limits.MaxTokenBytes)
            throw Fault(SexpFault.TooLarge, $"a string is longer than {limits.MaxTokenBytes} bytes", start);
        at++;
        if (length > bytes.Length - at)
            throw Fault(SexpFault.Malformed, $"a string of {length} bytes has only {bytes.Length - at}", start);
        at += (int)length;
        return bytes.Slice(at - (int)length, (int)length);
    }

    private static SexpException Fault(SexpFault fault, string message, int at) => new(fault, message, Place(at));

    private static SexpPosition Place(int at) => new(1, at + 1);
}
