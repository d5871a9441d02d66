namespace Megatux.Sexp.Tests;

public sealed class NumberTests
{
    [Theory]
    [InlineData("1266084142.710273", "1266084142.710273")]
    [InlineData("(+ 1266084142.710273 1)", "1266084143.710273")]
    [InlineData("(+ 0.1 0.2)", "0.3")]
    [InlineData("(- 0.3 0.1 0.2)", "0.0")]
    [InlineData("(* 1.5 -2.25)", "-3.375")]
    [InlineData("(/ 1 8)", "0.125")]
    [InlineData("(/ 6 3)", "2")]
    [InlineData("(/ 1 3)", "0.3333333333333333")]
    [InlineData("(/ -1.5 0.25)", "-6")]
    [InlineData("(= 1.50 1.5)", "#t")]
    [InlineData("(< 0.1 0.10000000001 0.2)", "#t")]
    [InlineData("(list (floor -1.5) (ceiling -1.5) (round 2.5) (round 3.5) (truncate -1.9) (abs -3.5))", "(-2 -1 2 4 -1 3.5)")]
    [InlineData("(list (quotient -7 2) (remainder -7 2) (modulo -7 2) (modulo 7 -2))", "(-3 -1 1 -1)")]
    [InlineData("(list (expt 2 10) (expt 1.5 2) (expt 2 -1) (min 3 1.5 2) (max 1 0x10))", "(1024 2.25 0.5 1.5 16)")]
    [InlineData("(list (bit-and 12 10) (bit-or 12 10) (bit-xor 12 10) (bit-not 0) (shift-left 1 40) (shift-right -8 1) (shift-right 1 100))", "(8 14 6 -1 1099511627776 -4 0)")]
    [InlineData("(exact (inexact 0.1))", "0.1")]
    [InlineData("(- (- 0 9223372036854775807) 1)", "-9223372036854775808")]
    [InlineData("-9223372036854775808", "-9223372036854775808")]
    [InlineData("0.000000000000000001", "0.000000000000000001")]
    public void Exact_numbers_are_exact(string program, string value) => Assert.Equal(value, LanguageTests.Value(program));

    [Theory]
    [InlineData("(sqrt 2)", "1.4142135623730951")]
    [InlineData("(* 1.0 (inexact 2))", "2.0")]
    [InlineData("(expt (inexact 10) 25)", "10000000000000000000000000.0")]
    [InlineData("(expt (inexact 10) -12)", "0.000000000001")]
    [InlineData("(/ (inexact 1) 0)", "+inf.0")]
    [InlineData("(- +inf.0 +inf.0)", "+nan.0")]
    [InlineData("(< 1 +nan.0)", "#f")]
    [InlineData("(* (expt (inexact 10) 200) (expt (inexact 10) 200))", "+inf.0")]
    [InlineData("(exp -20)", "0.000000002061153622438558")]
    [InlineData("18446744073709551616", "18446744073709552000.0")]
    [InlineData("0xffffffffffffffffff", "4722366482869645000000.0")]
    [InlineData("3.14159265358979323846", "3.141592653589793")]
    [InlineData("(max 1 +nan.0 2)", "+nan.0")]
    public void Inexact_numbers_are_those_of_IEEE_written_without_exponents(string program, string value) => Assert.Equal(value, LanguageTests.Value(program));

    [Theory]
    [InlineData("(+ 9223372036854775807 1)")]
    [InlineData("(- -9223372036854775807 2)")]
    [InlineData("(- -9223372036854775808)")]
    [InlineData("(* 4294967296 4294967296)")]
    [InlineData("(apply + '(9223372036854775807 1))")]
    [InlineData("(* 1266084142.710273 1266084142.710273)")]
    [InlineData("(+ 9223372036854775807 0.1)")]
    [InlineData("(expt 10 19)")]
    [InlineData("(expt 3 1000000000000)")]
    [InlineData("(abs -9223372036854775808)")]
    [InlineData("(quotient -9223372036854775808 -1)")]
    [InlineData("(shift-left 1 63)")]
    [InlineData("(exact (expt (inexact 10) 100))")]
    public void What_does_not_fit_is_an_error_and_never_another_number(string program) =>
        Assert.Equal(SexpFault.Overflow, LanguageTests.Refused(program).Fault);

    [Fact]
    public void Sums_and_products_of_decimals_are_what_they_are_in_decimal()
    {
        var random = new Random(7);
        var sum = new SexpRunner(SexpProgram.Compile("(list (+ a b) (- a b) (* a b) (< a b) (= a b))", ["a", "b"]));
        for (int i = 0; i < 5_000; i++)
        {
            decimal a = Any(random), b = Any(random);
            SexpValue[] arguments = [SexpValue.From(Datum.Atom(Text(a))), SexpValue.From(Datum.Atom(Text(b)))];

            string[] found = [.. sum.Run(arguments).ToDatum().Items.ToArray().Select(item => item.Text)];

            Assert.Equal([a + b, a - b, a * b], found[..3].Select(text => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture)));
            Assert.Equal([a < b ? "#t" : "#f", a == b ? "#t" : "#f"], found[3..]);
        }
    }

    [Fact]
    public void Inexact_numbers_read_as_what_they_were_written_from()
    {
        var random = new Random(8);
        for (int i = 0; i < 5_000; i++)
        {
            double number = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (double.IsFinite(number))
                Assert.Equal(number, SexpValue.From(Datum.Parse(SexpValue.Inexact(number).ToString())).ToDouble());
        }
    }

    private static decimal Any(Random random) => new(random.Next(), 0, 0, random.Next(2) == 0, (byte)random.Next(7));

    private static string Text(decimal number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void A_host_sees_digits_of_exact_numbers_and_items_of_lists()
    {
        Assert.True(SexpValue.From(Datum.Parse("(-12.50 a)")).TryGetFirst(out SexpValue head, out SexpValue tail));
        Assert.True(head.TryGetExact(out long mantissa, out int scale));
        Assert.Equal((-1250, 2), (mantissa, scale));
        Assert.Equal("(a)", tail.ToString());
        Assert.False(SexpValue.Inexact(1).TryGetExact(out _, out _));
        Assert.False(tail.TryGetExact(out _, out _));
        Assert.False(SexpValue.Nil.TryGetFirst(out _, out _));
        Assert.False(head.TryGetFirst(out _, out _));
    }
}
