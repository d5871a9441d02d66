namespace Megatux.Sexp.Tests;

public sealed class DocumentationTests
{
    private static readonly string Page = File.ReadAllText(Repository.At("docs/sexp.md"));

    [Fact]
    public void Every_function_of_the_language_is_on_its_page()
    {
        HashSet<string> words = [.. Page.Split([' ', '`', '(', ')', ',', '\n', '|'])];

        Assert.All(Builtins.All, function => Assert.Contains(function.Name, words));
    }

    [Fact]
    public void The_program_on_the_page_does_what_it_says()
    {
        string program = Page.Split("```scheme")[1].Split("```")[0];

        SexpValue mean = SexpProgram.Compile(program, ["samples"]).Run(SexpValue.From(Datum.Parse("((n1 1.5) (n2) (n3 0.75))")));

        Assert.Equal("1.125", mean.ToString());
    }
}
