namespace Megatux.Agents.Tests;

public sealed class BootWordsTests
{
    [Fact]
    public void Later_words_override_earlier_ones()
    {
        var words = new BootWords(["megatux.index=1", "quiet", "megatux.index=7", "megatux.node=vm7.h0", "megatux.poweroff"]);
        Assert.Equal((7, "vm7.h0", true, false), (words.Index, words.Node, words.PowerOff, words.Shell));
    }

    [Fact]
    public void Words_that_the_kernel_did_not_know_make_no_container()
    {
        Assert.False(BootWords.AreOfContainer(["single", "quiet"]));
        Assert.True(BootWords.AreOfContainer(["single", "megatux.index=3"]));
    }

    [Theory]
    [InlineData("megatux.index=")]
    [InlineData("megatux.index=-1")]
    [InlineData("megatux.index=one")]
    [InlineData("megatux.index=99999999999999999999")]
    [InlineData("xmegatux.index=3")]
    public void An_index_that_is_none_is_none(string word) => Assert.Null(new BootWords([word]).Index);
}
