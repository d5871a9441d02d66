using System.Text.RegularExpressions;

namespace Megatux.Pushmon.Tests;

public sealed partial class DocumentationTests
{
    [Fact]
    public void Reductions_in_the_documentation_run()
    {
        string[] programs = [.. Programs().Matches(File.ReadAllText(Repository.At("docs/pushmon.md"))).Select(match => match.Groups[1].Value)
            .Where(text => text.Contains("(define (sample ", StringComparison.Ordinal))];

        Assert.NotEmpty(programs);
        Assert.All(programs, program => Assert.NotEqual("()",
            Rounds.Of(program, "((load 0.5 0.4 0.3) (memory 4 3 2 1 0) (busy 1) (user (kernel \"6.1\")))")));
    }

    [GeneratedRegex("```scheme\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Programs();
}
