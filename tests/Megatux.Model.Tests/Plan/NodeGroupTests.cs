using static Megatux.Model.Tests.Experiments;
using static Megatux.Model.Resolving;

namespace Megatux.Model.Tests;

/// <summary>Nodes under names.</summary>
public sealed class NodeGroupTests
{
    private static readonly Experiment Plan = With(("attackers", "vm[0-9].laptop0"), ("rack1", "laptop0"), ("rack2", "laptop1"), ("victims", "all!@attackers")).Resolved();

    [Theory]
    [InlineData("@attackers", "vm[0-9].laptop0")]
    [InlineData("@victims", "vm[10-49].laptop0,vm[0-49].laptop1")]
    [InlineData("@attackers!vm3.laptop0", "vm[0-2,4-9].laptop0")]
    [InlineData("@attackers & vm[8-12].laptop[0-1]", "vm[8-9].laptop0")]
    [InlineData("laptop1 @rack1", "laptop[0-1]")]
    [InlineData("@rack[1-2]", "laptop[0-1]")]
    [InlineData("@hosts!@rack2", "laptop0")]
    [InlineData("hosts", "laptop[0-1]")]
    [InlineData("guests^@victims", "vm[0-9].laptop0")]
    [InlineData("@*", "vm[0-49].laptop[0-1]")]
    [InlineData("everything!@all", "laptop[0-1]")]
    [InlineData("elsewhere", "elsewhere")]
    public void Groups_and_words_stand_for_nodes_wherever_a_set_is_read(string text, string nodes) => Assert.Equal(NodeSet.Parse(nodes), Plan.Parse(text));

    [Theory]
    [InlineData("@atackers", "did you mean @attackers?")]
    [InlineData("@nobody", "@attackers, @rack1, @rack2, @victims")]
    [InlineData("@rack[1-3]", "@rack3")]
    [InlineData("@rack[", "@rack[")]
    [InlineData("@", "@")]
    public void A_group_that_there_is_not_is_named_with_those_that_there_are(string text, string part)
    {
        Problem problem = Assert.Throws<MegatuxException>(() => Plan.Parse(text)).Problem;
        Assert.Equal(ErrorCodes.NodeSetNoSuchGroup, problem.Code);
        Assert.Contains(part, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9lives", "all", ErrorCodes.GroupNameUnusable, "'9lives'")]
    [InlineData("a b", "all", ErrorCodes.GroupNameUnusable, "'a b'")]
    [InlineData("", "all", ErrorCodes.GroupNameUnusable, "''")]
    [InlineData("allup", "all", ErrorCodes.GroupNameUnusable, "every experiment")]
    [InlineData("laptop1", "all", ErrorCodes.GroupNameUnusable, "as a node is")]
    [InlineData("vm3.laptop1", "all", ErrorCodes.GroupNameUnusable, "as a node is")]
    [InlineData("attackers", "all", ErrorCodes.GroupNameUnusable, "two node groups")]
    [InlineData("late", null, ErrorCodes.MetadataMalformed, "Nodes=")]
    [InlineData("late", "all!all", ErrorCodes.MetadataMalformed, "'all!all'")]
    [InlineData("late", "vm[0-50].laptop0,vm1.laptop2", ErrorCodes.NodesOutsideExperiment, "vm1.laptop2,vm50.laptop0 of")]
    [InlineData("late", "vm[", ErrorCodes.NodeSetUnbalancedBracket, "column 3")]
    [InlineData("late", "@late", ErrorCodes.NodeSetNoSuchGroup, "@late")]
    public void A_group_that_cannot_be_is_one_error_of_its_own(string name, string? nodes, string code, string part)
    {
        Problem problem = With(("attackers", "vm[0-9].laptop0"), (name, nodes), ("uses", $"@{name}")).OnlyProblem();
        Assert.Equal((code, $"NodeGroup:{name}"), (problem.Code, problem.Subject));
        Assert.Contains(part, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_holds_groups_by_their_ranges_however_many_nodes_they_have()
    {
        Experiment experiment = (Hyperion with { Groups = [new GroupDescription("even", "vm[0-1022/2].ehyperion[2-1036]&all"), new GroupDescription("odd", "all!@even")] }).Resolved();
        string text = Manifests.Of(experiment, 12).Text();
        Assert.InRange(text.Length, 1, 6000);
        Assert.Equal(experiment, Manifests.Parse(text).Experiment);
        Assert.Equal(experiment.GuestCount, Manifests.Parse(text).Experiment.Parse("@even,@odd").Count);
    }

    [Fact]
    public void Sets_that_no_manifest_could_hold_are_refused()
    {
        // No two of these fold.
        string scattered = string.Join(',', Enumerable.Range(0, 20_000).Where(number => number % 7 is 0 or 3).Select(number => $"n{number}"));
        ExperimentDescription large = Thunderbird with { PhysicalHosts = "n[0-20000]", VmsPerHost = "0" };
        Problem problem = (large with { Groups = [.. Enumerable.Range(0, 10).Select(group => new GroupDescription($"g{group}", scattered))] }).OnlyProblem();
        Assert.Equal(ErrorCodes.PlanValueOutOfRange, problem.Code);
        problem = (Laptop with { Groups = [.. Enumerable.Range(0, 1001).Select(group => new GroupDescription($"g{group}", "all"))] }).OnlyProblem();
        Assert.Equal((ErrorCodes.PlanValueOutOfRange, "NodeGroup:g1000"), (problem.Code, problem.Subject));
    }

    private static ExperimentDescription With(params (string Name, string? Nodes)[] groups) =>
        Laptop with { Groups = [.. groups.Select(group => new GroupDescription(group.Name, group.Nodes))] };
}
