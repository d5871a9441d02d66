using System.Globalization;
using System.Text;
using Megatux.Equations;

namespace Megatux.Model.Tests;

/// <summary>Checks of a project, and the file that holds them.</summary>
public sealed class ValidationListTests
{
    private static readonly Experiment Plan = (Experiments.Laptop with { Groups = [new GroupDescription("first", "vm0.laptop[0-1]")] }).Resolve(EquationCompiler.Instance).Experiment!;

    private static readonly ValidationItem Plain = new("uname") { Command = "uname -r" };

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        Validation check = Read(Plain);
        Assert.Equal(("uname", "vm[0-49].laptop[0-1]", 0, NodeQuota.All, TimeSpan.FromMinutes(1)), (check.Name, check.Nodes.ToString(), check.ExitCode, check.Quota, check.Within));
        Assert.Null(check.Expect);
    }

    [Theory]
    [InlineData("@first", "vm0.laptop[0-1]")]
    [InlineData("hosts", "laptop[0-1]")]
    [InlineData("all!@first", "vm[1-49].laptop[0-1]")]
    public void Nodes_are_named_by_words_and_groups(string text, string nodes) => Assert.Equal(nodes, Read(Plain with { Nodes = text }).Nodes.ToString());

    [Theory]
    [InlineData("30", 30_000)]
    [InlineData("0.5", 500)]
    [InlineData("500ms", 500)]
    [InlineData("2m", 120_000)]
    [InlineData("1.5 h", 5_400_000)]
    public void Times_have_units(string text, int ms) => Assert.Equal(ms, Read(Plain with { Within = text }).Within.TotalMilliseconds);

    [Theory]
    [InlineData("95%", 100, 95)]
    [InlineData("95%", 99, 95)]
    [InlineData("0.1%", 100, 1)]
    [InlineData("100%", 7, 7)]
    [InlineData("3", 100, 3)]
    public void A_part_of_the_nodes_is_rounded_up(string text, long nodes, long needed)
    {
        NodeQuota quota = Read(Plain with { AtLeast = text }).Quota;
        Assert.Equal(needed, quota.Of(nodes));
        Assert.True(quota.IsMet(needed, nodes));
        Assert.True(quota.IsMet(nodes, nodes));
        Assert.False(quota.IsMet(needed - 1, nodes));
    }

    [Fact]
    public void A_count_is_met_by_just_so_many()
    {
        NodeQuota quota = Read(Plain with { Count = "1" }).Quota;
        Assert.Equal([false, true, false], [quota.IsMet(0, 9), quota.IsMet(1, 9), quota.IsMet(2, 9)]);
        Assert.True(Read(Plain with { Count = "0" }).Quota.IsMet(0, 9));
    }

    [Theory]
    [InlineData("6.1.0", "6.1.0\n", true)]
    [InlineData("6.1.0\n", "6.1.0\n\n", true)]
    [InlineData("6.1.0", "6.1.0 ", false)]
    [InlineData("6.1.0", "6x1.0\n", false)]
    [InlineData("/^6\\.1/", "6.1.42\n", true)]
    [InlineData("/^6\\.1$/", "6.1.42\n", false)]
    [InlineData("/^$/", "\n", true)]
    [InlineData("/^$/", "x\n", false)]
    public void Outputs_are_compared_or_matched(string expect, string output, bool matches) => Assert.Equal(matches, Read(Plain with { Expect = expect }).Expect!.Matches(output));

    [Fact]
    public void A_pattern_takes_no_longer_on_a_text_that_others_choose()
    {
        // Where a matcher goes back, this takes longer than anybody waits.
        Assert.False(Read(Plain with { Expect = "/^(a+)+$/" }).Expect!.Matches(new string('a', 10_000) + "b"));
    }

    public static TheoryData<ValidationItem, string, string> Faulty => new()
    {
        { new("uname"), ErrorCodes.ValidationUnclear, "neither Command nor Expression" },
        { Plain with { Expression = "#t" }, ErrorCodes.ValidationUnclear, "both Command and Expression" },
        { new("load") { Expression = "#t", Expect = "x" }, ErrorCodes.ValidationUnclear, "Expect beside Expression" },
        { new("load") { Expression = "#t", ExitCode = "1" }, ErrorCodes.ValidationUnclear, "ExitCode beside Expression" },
        { Plain with { AtLeast = "1", Count = "1" }, ErrorCodes.ValidationUnclear, "both AtLeast and Count" },
        { Plain with { AtLeast = "101%" }, ErrorCodes.MetadataMalformed, "AtLeast" },
        { Plain with { AtLeast = "0%" }, ErrorCodes.MetadataMalformed, "AtLeast" },
        { Plain with { AtLeast = "101" }, ErrorCodes.MetadataMalformed, "1 to 100" },
        { Plain with { AtLeast = "0" }, ErrorCodes.MetadataMalformed, "1 to 100" },
        { Plain with { AtLeast = "most" }, ErrorCodes.MetadataMalformed, "95%" },
        { Plain with { Count = "101" }, ErrorCodes.MetadataMalformed, "0 to 100" },
        { Plain with { Count = "-1" }, ErrorCodes.MetadataMalformed, "0 to 100" },
        { Plain with { ExitCode = "256" }, ErrorCodes.MetadataMalformed, "0 to 255" },
        { Plain with { Within = "soon" }, ErrorCodes.MetadataMalformed, "2m" },
        { Plain with { Within = "0" }, ErrorCodes.MetadataMalformed, "0.1 seconds" },
        { Plain with { Within = "25h" }, ErrorCodes.MetadataMalformed, "24 hours" },
        { Plain with { Within = "99999999999999999999999999h" }, ErrorCodes.MetadataMalformed, "24 hours" },
        { Plain with { Expect = "/(/" }, ErrorCodes.MetadataMalformed, "no regular expression" },
        { Plain with { Expect = "/(?=a)b/" }, ErrorCodes.MetadataMalformed, "no regular expression" },
        { Plain with { Nodes = "vm50.laptop0" }, ErrorCodes.NodesOutsideExperiment, "vm50.laptop0" },
        { Plain with { Nodes = "all!all" }, ErrorCodes.MetadataMalformed, "leaves none" },
        { Plain with { Nodes = "vm[" }, ErrorCodes.NodeSetUnbalancedBracket, "bracket" },
        { Plain with { Nodes = "@second" }, ErrorCodes.NodeSetNoSuchGroup, "@first" },
        { Plain with { Command = new string('x', 5000) }, ErrorCodes.MetadataMalformed, "overlay" },
        { new("up") { Command = "true" }, ErrorCodes.ValidationNameUnusable, "every experiment has" },
        { new("no name") { Command = "true" }, ErrorCodes.ValidationNameUnusable, "expected a letter" },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void A_check_that_is_at_fault_is_named_with_what_was_expected(ValidationItem item, string code, string remedy)
    {
        Problem problem = Assert.Throws<MegatuxException>(() => Read(item)).Problem;
        Assert.Equal((code, $"Validation:{item.Name}"), (problem.Code, problem.Subject));
        Assert.Contains(remedy, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_checks_of_one_name_and_more_than_there_may_be_are_refused()
    {
        Assert.Equal(ErrorCodes.ValidationNameUnusable, Assert.Throws<MegatuxException>(() => ValidationList.Of(Plan, [Plain, Plain], Compiles)).Problem.Code);
        Assert.Equal(ErrorCodes.PlanValueOutOfRange, Assert.Throws<MegatuxException>(() => ValidationList.Of(Plan,
            Enumerable.Range(0, ValidationList.MostChecks + 1).Select(number => Plain with { Name = string.Create(CultureInfo.InvariantCulture, $"c{number}") }), Compiles)).Problem.Code);
    }

    [Fact]
    public void An_expression_that_does_not_compile_is_told_with_the_check()
    {
        static void Refuses(string expression) => throw new MegatuxException(ErrorCodes.ReductionMalformed, "1:2: there is no x.");
        Problem problem = Assert.Throws<MegatuxException>(() => ValidationList.Of(Plan, [new ValidationItem("load") { Expression = "(x)" }], Refuses)).Problem;
        Assert.Equal("The Expression of the check load cannot be compiled: 1:2: there is no x.", problem.Message);
    }

    [Fact]
    public void A_file_holds_all_that_checks_are_and_no_group()
    {
        byte[] json = Validations.Full(Plan).ToJson();
        ValidationList read = ValidationList.Parse(json, "file", Plan);
        Assert.Equal(Validations.Full(Plan).Checks, read.Checks);
        Assert.Equal(json, read.ToJson());
        Assert.DoesNotContain('@', Encoding.UTF8.GetString(json));
    }

    [Theory]
    [InlineData("\"schema\": 1", "\"schema\": 2", "has schema 2")]
    [InlineData("\"experiment\": \"laptop\"", "\"experiment\": \"other\"", "of the experiment 'other'")]
    [InlineData("\"withinMs\": 60000", "\"withinMs\": 0", "Within")]
    [InlineData("\"withinMs\": 60000", "\"withinMs\": 60000, \"more\": 1", "more")]
    [InlineData("\"nodes\": \"vm[0-49].laptop[0-1]\"", "\"nodes\": \"all\"", "written")]
    [InlineData("{", "[", "JSON")]
    public void What_Megatux_would_not_have_written_is_refused(string was, string now, string reason)
    {
        string json = Encoding.UTF8.GetString(ValidationList.Of(Plan, [Plain], Compiles).ToJson());
        Assert.Contains(was, json, StringComparison.Ordinal);
        Problem problem = Assert.Throws<MegatuxException>(() => ValidationList.Parse(Encoding.UTF8.GetBytes(json.Replace(was, now, StringComparison.Ordinal)), "file", Plan)).Problem;
        Assert.Equal(ErrorCodes.ValidationFileMalformed, problem.Code);
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }

    private static Validation Read(ValidationItem item) => Assert.Single(ValidationList.Of(Plan, [item], Compiles).Checks);

    private static void Compiles(string expression)
    {
    }
}
