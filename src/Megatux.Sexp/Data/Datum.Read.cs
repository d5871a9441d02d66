using System.Text;

namespace Megatux.Sexp;

public sealed partial class Datum
{
    /// <summary>Reads one datum, with whitespace and comments around it.</summary>
    /// <exception cref="SexpException">It is malformed or too large, or there is none, or more than one.</exception>
    public static Datum Parse(ReadOnlySpan<byte> text, SexpLimits? limits = null)
    {
        var reader = new SexpReader(text, limits);
        if (!new DatumBuilder().Read(ref reader, out Datum? datum))
            throw new SexpException(SexpFault.Malformed, "expected a datum, found the end of the text", reader.Position);
        return reader.Read() ? throw new SexpException(SexpFault.Malformed, "expected the end of the text behind one datum", reader.Position) : datum;
    }

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte}, SexpLimits?)"/>
    public static Datum Parse(string text, SexpLimits? limits = null) => Parse(Encoding.UTF8.GetBytes(text), limits);

    /// <summary>Reads any number of data.</summary>
    /// <exception cref="SexpException">One of them is malformed or too large.</exception>
    public static IReadOnlyList<Datum> ParseAll(ReadOnlySpan<byte> text, SexpLimits? limits = null)
    {
        var reader = new SexpReader(text, limits);
        var builder = new DatumBuilder();
        List<Datum> data = [];
        while (builder.Read(ref reader, out Datum? datum))
            data.Add(datum);
        return data;
    }

    /// <inheritdoc cref="ParseAll(ReadOnlySpan{byte}, SexpLimits?)"/>
    public static IReadOnlyList<Datum> ParseAll(string text, SexpLimits? limits = null) => ParseAll(Encoding.UTF8.GetBytes(text), limits);
}
