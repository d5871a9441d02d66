using System.Text.RegularExpressions;

namespace Megatux.Sdk.Tests;

/// <summary>What the targets pass on and what the tasks know are the same names.</summary>
public sealed partial class KnownNamesTests
{
    private static readonly string Targets = File.ReadAllText(Repository.At("Megatux.Sdk/targets/Megatux.Inputs.targets"));
    private static readonly string Tasks = File.ReadAllText(Repository.At("Megatux.Sdk/Tasks/KnownNames.cs"));

    [Fact]
    public void Every_property_is_passed_on_and_known()
    {
        int start = Tasks.IndexOf("Properties =", StringComparison.Ordinal);
        string list = Tasks[start..Tasks.IndexOf("];", start, StringComparison.Ordinal)];
        string[] known = [.. Quoted().Matches(list).Select(match => match.Groups[1].Value).Order()];
        string[] passed = [.. Setting().Matches(Targets).Select(match => match.Groups[1].Value).Order()];
        Assert.NotEmpty(known);
        Assert.Equal(known, passed);
        Assert.All(Setting().Matches(Targets), match => Assert.Equal(match.Groups[1].Value, match.Groups[2].Value));
    }

    [Fact]
    public void Every_item_is_passed_on_and_known()
    {
        string[] known = [.. Key().Matches(Tasks).Select(match => match.Groups[1].Value).Order()];
        string[] passed = [.. Item().Matches(Targets).Select(match => match.Groups[1].Value).Order()];
        Assert.NotEmpty(known);
        Assert.Equal(known, passed);
        Assert.All(Item().Matches(Targets), match => Assert.Equal(match.Groups[1].Value, match.Groups[2].Value));
    }

    [Fact]
    public void Every_hook_of_the_targets_is_known()
    {
        string targets = File.ReadAllText(Repository.At("Megatux.Sdk/targets/Megatux.targets"));
        foreach (Match hook in Hook().Matches(targets))
            Assert.Contains($"\"{hook.Groups[1].Value}\"", Tasks);
    }

    [GeneratedRegex("\"(\\w+)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"<_MegatuxSetting Include=""(\w+)"" Value=""\$\((\w+)\)"" />")]
    private static partial Regex Setting();

    [GeneratedRegex(@"\[""(\w+)""\] =")]
    private static partial Regex Key();

    [GeneratedRegex(@"<_MegatuxItem Include=""@\((\w+)\)"" Kind=""(\w+)"" />")]
    private static partial Regex Item();

    [GeneratedRegex(@"DependsOnTargets=""\$\((\w+)\)")]
    private static partial Regex Hook();
}
