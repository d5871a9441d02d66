namespace Megatux.Sexp;

public ref partial struct SexpReader
{
    private readonly SexpException TooDeep(int at) =>
        Fault(SexpFault.TooLarge, $"lists and quotes nest deeper than {_limits.MaxDepth}", at);

    private readonly SexpException TooLong(string what, int at) =>
        Fault(SexpFault.TooLarge, $"{what} is longer than {_limits.MaxTokenBytes} bytes", at);

    private readonly SexpException TooMuch(int at) =>
        Fault(SexpFault.TooLarge, $"a datum is longer than {_limits.MaxMessageBytes} bytes", at);

    private readonly SexpException Unexpected(int at) =>
        Fault(SexpFault.Malformed, _quotes > 0 ? "a quote has nothing behind it; expected what is quoted, found ')'" : "a ')' closes no list", at);

    private readonly SexpException Bad(int at) =>
        Fault(SexpFault.Malformed, $"expected a list, a string, a quote or an atom, found the byte 0x{_data[at]:x2}", at);

    private readonly SexpException Fault(SexpFault fault, string message, int at) => new(fault, message, Place(at, _linesBefore, _lineStart));

    private readonly SexpPosition Place(int index, int linesBefore, long lineStart) =>
        new(linesBefore + 1, (int)Math.Min(int.MaxValue, _base + index - lineStart + 1));
}
