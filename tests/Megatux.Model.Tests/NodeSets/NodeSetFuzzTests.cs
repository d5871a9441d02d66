namespace Megatux.Model.Tests;

public sealed class NodeSetFuzzTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    [Fact]
    public Task Damaged_expressions_are_sets_or_errors_with_a_code() => WithinDeadline(() =>
    {
        var generator = new ExpressionGenerator(seed: 99);
        for (int i = 0; i < 30_000; i++)
        {
            string text = generator.Broken("[],!&^-/0123456789nx. \t@*%\u0001ü\ud800");
            if (NodeSet.TryParse(text, out NodeSet set, out Problem? problem))
                Assert.Equal(set, NodeSet.Parse(set.ToString()));
            else
                Assert.Matches("^MTX11[0-9][0-9]$", problem!.Code);
        }
    });

    [Fact]
    public Task Noise_of_the_alphabet_is_a_set_or_an_error_with_a_code() => WithinDeadline(() =>
    {
        const string Alphabet = "[[[]]],,!&^--//0123456789999999n. ";
        var random = new Random(100);
        for (int i = 0; i < 100_000; i++)
        {
            string text = string.Create(random.Next(24), random, (span, source) =>
            {
                foreach (ref char c in span)
                    c = Alphabet[source.Next(Alphabet.Length)];
            });
            if (!NodeSet.TryParse(text, out _, out Problem? problem))
                Assert.Matches("^MTX11[0-9][0-9]$", problem!.Code);
        }
    });

    [Fact]
    public Task Great_numbers_with_steps_neither_hang_nor_take_the_memory() => WithinDeadline(() =>
    {
        var random = new Random(101);
        for (int i = 0; i < 300; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(2, 5)).Select(n => (n == 0 ? "" : $"{",!&^"[random.Next(4)]}") + Great(random)));
            if (NodeSet.TryParse(text, out NodeSet set, out Problem? problem))
                Assert.True(set.IsEmpty || set.Contains(set.Expand().First()), text);
            else
                Assert.Equal(ErrorCodes.NodeSetTooManyPieces, problem!.Code);
        }
    });

    private static string Great(Random random)
    {
        long first = (long)Math.Pow(10, random.NextDouble() * 17);
        long last = first + (long)Math.Pow(10, random.NextDouble() * 17);
        return $"h[{first}-{last}/{(long)Math.Pow(10, random.NextDouble() * random.Next(18))}]{(random.Next(2) == 0 ? "" : "x[1-5/2]")}";
    }

    private static Task WithinDeadline(Action work) =>
        Task.Run(work, TestContext.Current.CancellationToken).WaitAsync(Deadline, TestContext.Current.CancellationToken);
}
