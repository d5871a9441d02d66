namespace Megatux.Cli.Tests;

public sealed class UserRangesTests
{
    private readonly FakeMachine _machine = new() { IsRoot = false };

    [Theory]
    [InlineData("someone:100000:65536\n", 65536)]
    [InlineData("1000:100000:65536\n", 65536)]
    [InlineData("other:1:7\nsomeone:100000:10\n1000:200000:5", 15)]
    [InlineData("someone:100000:0\n", 0)]
    [InlineData("someoneelse:100000:65536\n10000:100000:65536\n", 0)]
    [InlineData("someone:100000\nsomeone\n\n:::\nsomeone:1:-5\nsomeone:1:many\n", 0)]
    [InlineData("", 0)]
    [InlineData(null, 0)]
    public void Ranges_count_that_are_the_users_by_name_or_by_number(string? text, long count)
    {
        _machine.Files.Remove(UserRanges.Users);
        if (text is not null)
            _machine.Files.Add(UserRanges.Users, text);
        Assert.Equal(count, UserRanges.Count(_machine, UserRanges.Users));
        Assert.Equal(count == 0 ? UserRanges.Users : null, UserRanges.MissingRange(_machine));
        Assert.Equal(count > 0, UserRanges.AreThere(_machine));
    }

    [Fact]
    public void A_range_is_of_no_use_without_the_other_or_without_the_programs()
    {
        Assert.True(UserRanges.AreThere(_machine));
        _machine.Files.Remove(UserRanges.Groups);
        Assert.Equal(UserRanges.Groups, UserRanges.MissingRange(_machine));
        Assert.False(UserRanges.AreThere(_machine));

        var other = new FakeMachine { IsRoot = false };
        other.Programs.Remove("newgidmap");
        Assert.Equal("newgidmap", UserRanges.MissingProgram(other));
        Assert.False(UserRanges.AreThere(other));
    }

    [Fact]
    public void A_user_without_a_name_has_no_range_since_the_programs_would_refuse()
    {
        _machine.Name = "";
        Assert.Equal(0, UserRanges.Count(_machine, UserRanges.Groups));
        Assert.False(UserRanges.AreThere(_machine));
    }
}
