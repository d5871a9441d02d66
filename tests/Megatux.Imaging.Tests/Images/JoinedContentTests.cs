namespace Megatux.Imaging.Tests;

public sealed class JoinedContentTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1, 2, 3, 4, 0, 5)]
    [InlineData(70_001, 3, 131_072)]
    public void It_reads_as_the_joined_image_would_be(params int[] lengths)
    {
        Member[] members = [.. lengths.Select((length, at) =>
            new Member($"m{at}", _folder.Write($"m{at}", Sample.Noise(length)), "", length, 0, 0))];
        using var joined = new MemoryStream();
        ImageJoin.Write(joined, [.. members.Select(member => new JoinPart.Packed(member))], 0, TestContext.Current.CancellationToken);

        var content = new JoinedContent(members);
        Assert.Equal(joined.Length, content.Length);
        foreach (int step in (int[])[1 << 20, 4096, 7])
        {
            using Stream stream = content.Open();
            using var read = new MemoryStream();
            stream.CopyTo(read, step);
            Assert.Equal(joined.ToArray(), read.ToArray());
        }
    }
}
