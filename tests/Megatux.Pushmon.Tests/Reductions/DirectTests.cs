using Megatux.Sexp;

namespace Megatux.Pushmon.Tests;

/// <summary>A direct program is the machine's, only faster.</summary>
public sealed class DirectTests
{
    private const string Plain = """
        (define (sample node s)
          (list
            (list 'a (stat (get s 'load 'one)))
            (list 'b (top 5 (if (> (get s 'busy 'percent) 20.5) (get s 'busy 'percent) #f) node))
            (list 'c (histogram 0 100 20 (* 0.5 (get s 'busy 'percent))))
            (list 'd (stat (and (get s 'memory 'total) (- (get s 'memory 'total) (get s 'memory 'available)))))
            (list 'e (distinct (get s 'about 'state)))
            (list 'f (group (get s 'about 'kernel)))
            (list 'g (stat (or (get s 'tasks 'none) (+ 1 (get s 'tasks 'total)))))
            (list 'h (stat (get s 'nothing 'at-all)))
            (list 'i (group (get s 'user 'color)))
            (list 'j (stat (get s 'user 'size)))))
        """;

    // What else is defined takes the machine.
    private const string Machine = Plain + "(define unused 1)";

    [Fact]
    public void It_gives_what_the_machine_gives() => Assert.All(Enumerable.Range(0, 50), seed =>
    {
        var random = new Random(seed);
        Equal([.. Enumerable.Range(0, random.Next(1, 100)).Select(_ => Rounds.Sample(random))]);
    });

    [Theory]
    [InlineData("((load 1))")]
    [InlineData("((load 1 2 3)(busy 5))")]
    [InlineData("((load  1 2 3))")]
    [InlineData("((uptime ; what\n 5) (load 1))")]
    [InlineData("((uptime 1) (load +5 1 2))")]
    [InlineData("((uptime 1) (load 0x10 1 2))")]
    [InlineData("((uptime 1) (load 1e5 1 2))")]
    [InlineData("((uptime 1) (load 10.0.0.1 1 2))")]
    [InlineData("((uptime 1) (load 007 1 2))")]
    [InlineData("((uptime 1) (load -0.50 1 2))")]
    [InlineData("((uptime 1) (load .5 1 2))")]
    [InlineData("((uptime 1) (load 1. 1 2))")]
    [InlineData("((uptime 1) (load - 1 2))")]
    [InlineData("((uptime 1) (load 1234567890123456789 1 2))")]
    [InlineData("((uptime 1) (load 123456789012345678901234567890 1 2))")]
    [InlineData("((uptime 1) (load 0.000000000000000001 1 2))")]
    [InlineData("((uptime 1) (load (1) 1 2))")]
    [InlineData("((uptime 1) (load \"1\" 1 2))")]
    [InlineData("((uptime 1) (load '1 1 2))")]
    [InlineData("((uptime 1) (load))")]
    [InlineData("((uptime 1) (loads 5 1 2))")]
    [InlineData("((uptime 1) load (load 5 1 2))")]
    [InlineData("((uptime (load 7)) (load 5 1 2))")]
    [InlineData("((uptime \")\") (load 5 1 2))")]
    [InlineData("((load 5 1 2) (uptime 1))")]
    [InlineData("((load 5 1 2) (load 6 1 2))")]
    [InlineData("((uptime 1) (load #f 1 2))")]
    [InlineData("((uptime 1) (load #t 1 2))")]
    [InlineData("((uptime 1) (load +nan.0 1 2))")]
    [InlineData("((uptime 1) (load +inf.0 1 2))")]
    [InlineData("((uptime 1) (load 1 1 2) (cpu 1) (busy 30) (memory 1 2 x))")]
    [InlineData("((uptime 1) (load 1 1 2) (cpu 1) (busy 30) (memory 9000000000000000000 2 -9000000000000000000))")]
    [InlineData("((uptime 1) (load 1 1 2) (cpu 1) (busy 30) (memory 1 2 3) (net 1) (traffic 1 2) (tasks 1 2) (about \"a\\\"b\" \"c\\x\"))")]
    [InlineData("((uptime 1) (load 1 1 2) (cpu 1) (busy 30) (memory 1 2 3) (net 1) (traffic 1 2) (tasks 1 2) (about (a b) 1.50))")]
    [InlineData("((uptime 1) (load 1 1 2) (cpu 1) (busy 30) (memory 1 2 3) (net 1) (traffic 1 2) (tasks 1 2) (about a;b c'd))")]
    [InlineData("(user)")]
    [InlineData("(user (color red) (size 5))")]
    [InlineData("(user (size 5.5) (other \"a )(b\") (color \"a b\"))")]
    [InlineData("(user (color red) (color blue))")]
    [InlineData("(user (color))")]
    [InlineData("(user color red)")]
    [InlineData("(user (color red blue))")]
    [InlineData("(user (color (red)))")]
    [InlineData("(user (color 'red))")]
    [InlineData("(user (color 5) (size red))")]
    [InlineData("(user (color #f))")]
    [InlineData("(user (color #f) (color red))")]
    [InlineData("(user (other (a b)) (color red))")]
    [InlineData("(user  (color red))")]
    [InlineData("(user (color red)(size 5))")]
    [InlineData("(user (\"color\" red))")]
    [InlineData("(user (colors red) (size 0x10))")]
    [InlineData("(users (color red))")]
    [InlineData("((uptime 1) (load 5 1 2) (cpu 1) (busy 30) (memory 1  2 3))")]
    [InlineData("((uptime 1) (load 5 1 2) (cpu 1) (busy 30) (memory 1 2 ))")]
    [InlineData("((uptime 1) (load 5 1 2) (cpu 1) (busy 30) (memory 1\t2 3))")]
    [InlineData("((uptime 1) (load 5 1 2) (cpu \u007f 1) (busy 30) (memory 1 2 3))")]
    [InlineData("((uptime 1) (load 5 1 2) (cpu 1) (busy 30) (memory 2147483648 2 1))")]
    [InlineData("((uptime 1) (load 12345678 1 2) (cpu 1) (busy 1234567.8) (memory 123456789 2 0.00000001))")]
    [InlineData("((uptime 1) (load 12345678.9 1 2) (cpu 1) (busy 123456.78) (memory 1.2345678 2 0.1234567))")]
    [InlineData("()")]
    [InlineData("5")]
    [InlineData("(1 2)")]
    public void It_gives_what_the_machine_gives_for_samples_that_are_not_as_usual(string sample)
    {
        const string Before = "((uptime 1) (load 1 1 2) (cpu 1) (busy 30) (memory 1 2 3) (net 1) (traffic 1 2) (tasks 1 2) (about a b) ";
        sample = sample.StartsWith("(user", StringComparison.Ordinal) ? $"{Before}{sample})" : sample;

        Equal([Rounds.Sample(new Random(5)), sample, sample]);
    }

    [Fact]
    public void It_gives_what_the_machine_gives_for_a_sample_that_is_cut_anywhere()
    {
        string whole = Rounds.Sample(new Random(3));

        Assert.All(Enumerable.Range(0, whole.Length + 1), length => Equal([whole[..length], whole]));
    }

    [Fact]
    public void It_gives_what_the_machine_gives_whatever_is_changed_in_samples() => Assert.All(Enumerable.Range(0, 2000), seed =>
    {
        var random = new Random(seed);
        Equal([.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => Changed(Rounds.Sample(random), random))]);
    });

    /// <summary>Puts odd values, letters or nothing in some places.</summary>
    private static string Changed(string sample, Random random)
    {
        string[] odd = ["0", "-0", "-17.5", "007", "1.", ".5", "1e5", "1.5e-3", "+3", "0x1F", "+nan.0", "-inf.0", "9223372036854775807", "-9223372036854775808",
            "123456789012345678901234567890", "99999999", "12345678", "1234567.8", "0.0000001", "0.123456789012345678", "100000000.25", "2147483648", "2147483649.5",
            "red", "\"\"", "\"a)b\"", "#f", "#t", "()", "(1 2)", "'x", ";c\n", " ", "\t", "\n", ")", "(", "\"", "'", ";", "\u007f", "\u0001", "ä", "!", ") (", "(user)"];
        for (int changes = random.Next(4); changes > 0; changes--)
        {
            string put = random.Next(4) == 0 ? "" : odd[random.Next(odd.Length)];
            int from = random.Next(sample.Length + 1), to = Math.Min(sample.Length, from + random.Next(4));
            if (random.Next(2) == 0)
            {
                // A whole value, or a whole entry.
                from = sample.IndexOf(' ', Math.Min(from, sample.Length - 1)) + 1;
                to = sample.IndexOfAny(random.Next(2) == 0 ? [' ', ')'] : [')'], from);
                to = Math.Max(from, to);
            }

            sample = sample[..from] + put + sample[to..];
        }

        return sample;
    }

    [Theory]
    [InlineData("(define (sample list s) (list (list 'a (stat 1))))")]
    [InlineData("(define (stat x) x) (define (sample node s) (list (list 'a (stat 1))))")]
    [InlineData("(define (sample node s) (list (list 'a (stat 1)) (list 'a (group 'x))))")]
    [InlineData("(define (sample node s) (list (list 'a (stat (get s 'user 'x) ))) 5)")]
    [InlineData("(define (sample node s) (list (list 'a (top 1000 5 node))))")]
    [InlineData("(define (sample node s) (list (list 'a (stat (get node 'load 'one)))))")]
    public void What_may_mean_something_else_is_left_to_the_machine(string program) => Assert.Null(Reduction.Compile("test", program).Direct);

    [Fact]
    public void A_long_program_is_the_machines_which_counts_what_it_does() => Assert.Null(Reduction.Compile("test",
        $"(define (sample node s) (list (list 'a (stat (+ {string.Concat(Enumerable.Repeat("(+ (+ 1 1) (+ 1 1)) ", 2))})))"
        + string.Concat(Enumerable.Range(0, 63).Select(i => $" (list 'k{i} (stat (and {string.Concat(Enumerable.Repeat("(+ 1 1) ", 9))})))")) + "))").Direct);

    private static void Equal(string[] samples)
    {
        Reducer direct = Rounds.Reducer(Plain), machine = Rounds.Reducer(Machine);
        Assert.NotNull(direct.Reduction.Direct);
        Assert.Null(machine.Reduction.Direct);
        for (int i = 0; i < samples.Length; i++)
        {
            direct.Say($"n{i}", samples[i]);
            machine.Say($"n{i}", samples[i]);
        }

        Assert.Equal(machine.Result(), direct.Result());
        Assert.Equal(machine.Problems, direct.Problems);
    }
}
