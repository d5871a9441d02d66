using System.Text;

namespace Megatux.Sexp.Tests;

public sealed class ReaderTests
{
    internal const string SampleLine = """(("MARK: 1266084142.710273")0x4336 "o0x4336 s1 #0")""";

    [Fact]
    public void The_sample_line_reads_as_its_tokens() => Assert.Equal(
        ["ListStart (", "ListStart (", "String MARK: 1266084142.710273", "ListEnd )", "Atom 0x4336", "String o0x4336 s1 #0", "ListEnd )"],
        Tokens(SampleLine));

    [Theory]
    [InlineData("a\"b\"c", "Atom a|String b|Atom c")]
    [InlineData("a'b", "Atom a|Quote '|Atom b")]
    [InlineData("a;b", "Atom a;b")]
    [InlineData("a ;b \"( \n c", "Atom a|Atom c")]
    [InlineData("(;)\n)", "ListStart (|ListEnd )")]
    [InlineData("#t {[`,@\\|~!$%&*+-./:<=>?^_]}", "Atom #t|Atom {[`,@\\|~!$%&*+-./:<=>?^_]}")]
    [InlineData("'('a \"x\")", "Quote '|ListStart (|Quote '|Atom a|String x|ListEnd )")]
    [InlineData("\t\r\n\f\v", "")]
    [InlineData("µ", "Atom µ")]
    public void Tokens_end_where_the_grammar_says(string text, string tokens) => Assert.Equal(tokens, string.Join('|', Tokens(text)));

    [Theory]
    [InlineData("""
        "a\"b"
        """, "a\"b")]
    [InlineData("""
        "\\ \' \( \)"
        """, "\\ ' ( )")]
    [InlineData("""
        "\n\x"
        """, "\\n\\x")]
    [InlineData("\"a\\\nb\"", "a\\\nb")]
    [InlineData("\"\"", "")]
    public void Five_escapes_are_escapes_and_any_other_backslash_stays(string text, string value) => Assert.Equal(value, Datum.Parse(text).Text);

    [Theory]
    [InlineData("(a))", SexpFault.Malformed, 1, 4)]
    [InlineData(")", SexpFault.Malformed, 1, 1)]
    [InlineData("(a\n (b)", SexpFault.Malformed, 2, 5)]
    [InlineData("(a ')", SexpFault.Malformed, 1, 5)]
    [InlineData("'", SexpFault.Malformed, 1, 2)]
    [InlineData("(a\n  \"b\nc", SexpFault.Malformed, 2, 3)]
    [InlineData("\"b\nc\" \u0001", SexpFault.Malformed, 2, 4)]
    [InlineData("a \u007f", SexpFault.Malformed, 1, 3)]
    [InlineData("a b", SexpFault.Malformed, 1, 3)]
    [InlineData(" ; nothing", SexpFault.Malformed, 1, 11)]
    public void What_is_malformed_is_refused_at_its_place(string text, SexpFault fault, int line, int column)
    {
        SexpException refused = Assert.Throws<SexpException>(() => Datum.Parse(text));

        Assert.Equal((fault, new SexpPosition(line, column)), (refused.Fault, refused.Position));
    }

    [Fact]
    public void Positions_count_lines_in_strings_and_comments()
    {
        Datum datum = Datum.Parse("; one\n(\"two\nthree\" four\n  five)");

        Assert.Equal(new SexpPosition(2, 1), datum.Position);
        Assert.Equal([new SexpPosition(2, 2), new SexpPosition(3, 8), new SexpPosition(4, 3)], datum.Items.ToArray().Select(item => item.Position));
    }

    [Fact]
    public void Reading_tokens_allocates_nothing()
    {
        byte[] line = Encoding.UTF8.GetBytes(SampleLine);
        Count(line);
        long before = GC.GetAllocatedBytesForCurrentThread();

        int count = Count(line);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(7, count);
    }

    [Theory]
    [InlineData("((((a))))", 3, 1000, 1000)]
    [InlineData("'''a", 2, 1000, 1000)]
    [InlineData("('('a))", 3, 1000, 1000)]
    [InlineData("aaaaaaaaaaa", 3, 10, 1000)]
    [InlineData("\"aaaaaaaaaaa\"", 3, 10, 1000)]
    [InlineData("(a a a a a a)", 3, 10, 10)]
    [InlineData("(a            )", 3, 10, 10)]
    [InlineData("(a ; endless      \n)", 3, 10, 10)]
    public void What_is_larger_than_the_limits_is_refused(string text, int depth, int token, int message)
    {
        var limits = new SexpLimits { MaxDepth = depth, MaxTokenBytes = token, MaxMessageBytes = message };

        Assert.Equal(SexpFault.TooLarge, Assert.Throws<SexpException>(() => Datum.Parse(text, limits)).Fault);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("\"a")]
    [InlineData("(a a ")]
    public void What_never_ends_is_refused_when_it_is_longer_than_the_limits_and_not_kept(string piece)
    {
        var limits = new SexpLimits { MaxTokenBytes = 100, MaxMessageBytes = 1000 };
        var state = default(SexpReaderState);
        string rest = piece;
        SexpException? refused = null;
        for (int i = 0; refused is null && i < 1000; i++)
        {
            var reader = new SexpReader(Encoding.UTF8.GetBytes(rest), limits, isLast: false, state);
            try
            {
                while (reader.Read())
                    continue;
            }
            catch (SexpException caught)
            {
                refused = caught;
            }

            state = reader.State;
            rest = rest[reader.BytesConsumed..] + piece.TrimStart('(', '"');
        }

        Assert.Equal(SexpFault.TooLarge, refused?.Fault);
    }

    [Fact]
    public void The_limits_count_for_each_datum_not_for_the_stream()
    {
        var limits = new SexpLimits { MaxMessageBytes = 10 };

        Assert.Equal(1000, Datum.ParseAll(string.Concat(Enumerable.Repeat("(a b c) ", 1000)), limits).Count);
    }

    internal static List<string> Tokens(string text)
    {
        List<string> tokens = [];
        var reader = new SexpReader(Encoding.UTF8.GetBytes(text));
        while (reader.Read())
            tokens.Add($"{reader.Token} {Encoding.UTF8.GetString(reader.Lexeme)}");
        return tokens;
    }

    private static int Count(byte[] text)
    {
        int count = 0;
        var reader = new SexpReader(text);
        while (reader.Read())
            count++;
        return count;
    }
}
