namespace Megatux.Hypervisors.Tests;

public sealed class UmlConsoleTests : IDisposable
{
    private const int MemoryMiB = 32;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_free_but_for_a_MiB_is_unplugged_and_plugged_in_again() => Assert.Equal(
        ["proc meminfo", "config mem=-14608K", "config mem=+14608K"],
        await Asked(_ => [FakeUmlKernel.Answer("MemTotal: 29000 kB\nMem", more: true), FakeUmlKernel.Answer("Free:  15632 k", more: true), FakeUmlKernel.Answer("B\n")]));

    [Theory]
    [InlineData("MemFree: 1024 kB")]
    [InlineData("MemFree: 33793 kB")]
    [InlineData("MemFree: 9223372036854775807 kB")]
    [InlineData("MemFree: -15632 kB")]
    [InlineData("no memory")]
    [InlineData("")]
    public async Task Amounts_that_the_machine_cannot_have_free_are_left(string answer) =>
        Assert.Equal(["proc meminfo"], await Asked(_ => [FakeUmlKernel.Answer(answer)]));

    [Fact]
    public async Task What_is_no_answer_ends_the_matter() => Assert.Equal(["proc meminfo"], await Asked(_ => [[1, 2, 3]]));

    [Fact]
    public async Task Answers_without_end_are_read_to_a_limit() =>
        Assert.Equal(["proc meminfo"], await Asked(_ => Enumerable.Repeat(FakeUmlKernel.Answer(new string('x', 500), more: true), int.MaxValue)));

    [Fact]
    public async Task Answers_that_come_drop_by_drop_keep_nobody_for_long() => Assert.Equal(["proc meminfo"], await Asked(_ => Drops()));

    [Fact]
    public async Task A_machine_that_does_not_answer_or_is_gone_keeps_its_memory()
    {
        Assert.Equal(["proc meminfo"], await Asked(_ => []));
        await GiveBack();
    }

    private static IEnumerable<byte[]> Drops()
    {
        while (true)
        {
            Thread.Sleep(200);
            yield return FakeUmlKernel.Answer("x", more: true);
        }
    }

    private async Task<string[]> Asked(Func<string, IEnumerable<byte[]>> answers)
    {
        using var kernel = new FakeUmlKernel(_folder.Path, answers);
        await GiveBack();
        return kernel.End();
    }

    private Task GiveBack()
    {
        var console = new UmlConsole(_folder.Path) { AnswersLimit = TimeSpan.FromSeconds(1) };
        return Task.Run(() => console.GiveBackFreed(MemoryMiB), TestContext.Current.CancellationToken).WaitAsync(Deadline, TestContext.Current.CancellationToken);
    }
}
