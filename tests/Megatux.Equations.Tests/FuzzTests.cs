using Megatux.Model;

namespace Megatux.Equations.Tests;

public sealed class FuzzTests
{
    private const int Tried = 1500;

    private static readonly string[] Words =
    [
        "h", "a", "g", "first", "base", "size", "hosts", "guests", "network", "0", "1", "2", "18", "255", "-1", "0xffffffff", "9223372036854775807", "1.5", "+nan.0", "\"x\"", "'()", "#f",
        "+", "-", "*", "/", "quotient", "modulo", "ip", "octet", "if", "<", "=", "let", "loop", "lambda", "map", "iota", "apply", "list", "expt", "shift-left", "error", "define", "quasiquote",
    ];

    [Fact]
    public async Task Any_expression_ends_as_an_experiment_or_one_error_about_the_item()
    {
        int good = 0;
        await Task.Run(() =>
        {
            var random = new Random(8);
            for (int i = 0; i < Tried; i++)
            {
                string function = NodeEquationNames.All[random.Next(NodeEquationNames.All.Count)];
                ExperimentDescription description = Plans.Racks.Adding(function, Near(function, random), random.Next(2) == 0 ? null : Expression(random, 4));
                (Experiment? experiment, IReadOnlyList<Problem> problems) = description.Resolve(EquationCompiler.Instance);
                if (experiment is null)
                    Assert.All(problems, problem => Assert.StartsWith("MTX1", problem.Code, StringComparison.Ordinal));
                else
                    Assert.Equal(experiment.Host(7).Address, experiment.Find(experiment.Host(7).Address)!.Address);
                good += experiment is null ? 0 : 1;
            }
        }, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(4), TestContext.Current.CancellationToken);
        Assert.InRange(good, 1, Tried - 1);
    }

    [Fact]
    public async Task Expressions_that_take_all_of_their_budget_end_a_build_all_the_same()
    {
        // Just below the budget for each of thousands of hosts.
        const string Slow = "(let loop ((i 0)) (if (< i 2000) (loop (+ i 1)) (+ first h)))";
        Experiment experiment = await Task.Run(
            () => (Plans.Racks with { PhysicalHosts = "n[0-99999]", VmsPerHost = "0", VmNetmask = "30" }).Adding("HostAddress", Slow).Resolved(),
            TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

        Assert.Equal("n5", experiment.Find(experiment.HostAddress(5))!.Name);
    }

    // What is nearly right comes further than what is wholly wrong.
    private static string Near(string function, Random random) => (random.Next(4), function) switch
    {
        (0, NodeEquationNames.HostAddress) => $"(+ first h (* 0 {Expression(random, 3)}))",
        (0, NodeEquationNames.GuestNetwork) => $"(+ base (* size (+ h (modulo {Expression(random, 3)} 2))))",
        (0, NodeEquationNames.GuestPlace) => $"(+ {random.Next(5)} (* {random.Next(3)} g))",
        (0, _) => $"(+ {random.NextInt64(1L << 49)} (* {random.Next(3)} h))",
        _ => Expression(random, 5),
    };

    private static string Expression(Random random, int depth)
    {
        if (depth == 0 || random.Next(4) == 0)
            return Words[random.Next(Words.Length)];
        IEnumerable<string> parts = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Expression(random, depth - 1));
        return random.Next(60) == 0 ? $"({string.Join(' ', parts)}" : $"({Words[random.Next(Words.Length)]} {string.Join(' ', parts)})";
    }
}
