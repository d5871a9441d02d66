using System.Text;

namespace Megatux.Sexp.Tests;

public sealed class CanonicalTests
{
    [Theory]
    [InlineData("(abcd \"abcd\" \"a b\" \"\" 12 ())", "(4:abcd[4:text]4:abcd3:a b0:2:12())")]
    [InlineData("'x", "(5:quote1:x)")]
    [InlineData("(quote (a (b)))", "(5:quote(1:a(1:b)))")]
    public void A_datum_has_one_text_that_reads_as_it(string text, string canonical)
    {
        Datum datum = Datum.Parse(text);

        Assert.Equal(canonical, Encoding.UTF8.GetString(CanonicalSexp.ToBytes(datum)));
        Assert.Equal(datum, CanonicalSexp.Parse(Encoding.UTF8.GetBytes(canonical)));
    }

    [Theory]
    [InlineData("[9:image/gif]4:abcd")]
    [InlineData("([4:hint]0:[4:text]3:a b)")]
    [InlineData("3:a:b")]
    [InlineData("(1:(1:))")]
    public void What_others_write_is_kept_to_the_byte(string canonical) =>
        Assert.Equal(canonical, Encoding.UTF8.GetString(CanonicalSexp.ToBytes(CanonicalSexp.Parse(Encoding.UTF8.GetBytes(canonical)))));

    [Theory]
    [InlineData("", 1)]
    [InlineData("(", 2)]
    [InlineData(")", 1)]
    [InlineData("(1:a))", 6)]
    [InlineData("(1:a 1:b)", 5)]
    [InlineData("abcd", 1)]
    [InlineData("04:abcd", 1)]
    [InlineData("5:abcd", 1)]
    [InlineData("4abcd", 2)]
    [InlineData("99999999999:a", 11)]
    [InlineData("[4:hint", 8)]
    [InlineData("[4:hint](1:a)", 9)]
    [InlineData("[0:]1:a", 1)]
    [InlineData("[4:hint][4:hint]1:a", 9)]
    public void Whatever_is_not_canonical_is_refused_at_its_place(string text, int column)
    {
        SexpException refused = Assert.Throws<SexpException>(() => CanonicalSexp.Parse(Encoding.UTF8.GetBytes(text)));

        Assert.Equal((SexpFault.Malformed, new SexpPosition(1, column)), (refused.Fault, refused.Position));
    }

    [Theory]
    [InlineData("((((1:a))))")]
    [InlineData("(11:abcdefghijk)")]
    [InlineData("2000000000:")]
    [InlineData("(1:a1:a1:a1:a1:a1:a1:a1:a1:a1:a)")]
    public void The_limits_hold_for_it_too(string text)
    {
        var limits = new SexpLimits { MaxDepth = 3, MaxTokenBytes = 10, MaxMessageBytes = 25 };

        Assert.Equal(SexpFault.TooLarge, Assert.Throws<SexpException>(() => CanonicalSexp.Parse(Encoding.UTF8.GetBytes(text), limits)).Fault);
    }
}
