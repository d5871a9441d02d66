namespace Megatux.Sexp.Tests;

public sealed class DatumTests
{
    [Theory]
    [InlineData("(a(b)\"c\"'d)", "(a (b) \"c\" 'd)")]
    [InlineData(" ( ) ", "()")]
    [InlineData("'(a 'b)", "'(a 'b)")]
    [InlineData("(quote a)", "'a")]
    [InlineData("(quote a b)", "(quote a b)")]
    [InlineData("\"\\n \\( \\\"\"", "\"\\\\n ( \\\"\"")]
    [InlineData("(007 +5 1.50 0x0AfF -0.0 1266084142.710273)", "(007 +5 1.50 0x0AfF -0.0 1266084142.710273)")]
    public void What_is_printed_has_single_spaces_and_numbers_as_they_were_read(string text, string printed)
    {
        Assert.Equal(printed, Datum.Parse(text).ToString());
        Assert.Equal(printed, Datum.Parse(printed).ToString());
        Assert.Equal(Datum.Parse(text), Datum.Parse(printed));
    }

    [Theory]
    [InlineData("12", DatumKind.Number)]
    [InlineData("-12", DatumKind.Number)]
    [InlineData("+1", DatumKind.Number)]
    [InlineData("0x4336", DatumKind.Number)]
    [InlineData("1266084142.710273", DatumKind.Number)]
    [InlineData("+inf.0", DatumKind.Number)]
    [InlineData("-inf.0", DatumKind.Number)]
    [InlineData("+nan.0", DatumKind.Number)]
    [InlineData("18446744073709551616", DatumKind.Number)]
    [InlineData("+", DatumKind.Symbol)]
    [InlineData("-", DatumKind.Symbol)]
    [InlineData("...", DatumKind.Symbol)]
    [InlineData("0x", DatumKind.Symbol)]
    [InlineData("0xg", DatumKind.Symbol)]
    [InlineData("1.", DatumKind.Symbol)]
    [InlineData(".5", DatumKind.Symbol)]
    [InlineData("1e5", DatumKind.Symbol)]
    [InlineData("10.0.0.1", DatumKind.Symbol)]
    [InlineData("1st", DatumKind.Symbol)]
    [InlineData("+inf.1", DatumKind.Symbol)]
    [InlineData("#t", DatumKind.Symbol)]
    public void Atoms_are_numbers_or_else_symbols(string atom, DatumKind kind) => Assert.Equal(kind, Datum.Parse(atom).Kind);

    [Fact]
    public void Bytes_that_are_no_UTF8_stay_what_they_are()
    {
        byte[] text = [(byte)'(', 0x80, 0xff, (byte)' ', (byte)'"', 0xc3, 0, (byte)'"', (byte)')'];

        Assert.Equal(text, Datum.Parse(text).ToUtf8());
    }

    [Theory]
    [InlineData("")]
    [InlineData(";a")]
    [InlineData("a b")]
    [InlineData("a'")]
    [InlineData("(")]
    public void What_is_no_atom_cannot_be_made_one(string text) => Assert.Throws<ArgumentException>(() => Datum.Atom(text));

    [Fact]
    public void Data_that_are_made_nest_no_deeper_than_data_that_are_read()
    {
        Datum datum = Datum.Empty;

        Assert.Equal(SexpFault.TooLarge, Assert.Throws<SexpException>(() =>
        {
            for (int i = 0; i < 10_000; i++)
                datum = Datum.List(datum);
        }).Fault);
    }

    [Fact]
    public void Writing_token_by_token_gives_what_a_datum_prints()
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        var writer = new SexpWriter(output);
        writer.BeginList();
        writer.BeginList();
        writer.String("MARK: 1266084142.710273"u8);
        writer.EndList();
        writer.Number(-17);
        writer.Quote();
        writer.Atom("x"u8);
        writer.String("a\\\"b\""u8);
        writer.EndList();

        Datum read = Datum.Parse(output.WrittenSpan);
        Assert.Equal("""(("MARK: 1266084142.710273") -17 'x "a\\\"b\"")""", read.ToString());
        Assert.Equal(output.WrittenSpan, read.ToUtf8());
    }
}
