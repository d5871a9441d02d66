using System.Buffers.Binary;
using System.Text;

namespace Megatux.Hypervisors.Tests;

public sealed class UmlConsoleFormatTests
{
    [Fact]
    public void A_request_is_as_the_kernel_reads_it()
    {
        byte[] request = UmlConsoleFormat.Request("proc meminfo");
        Assert.Equal(524, request.Length);
        Assert.Equal([0xBE, 0xBA, 0xFE, 0xCA, 2, 0, 0, 0, 12, 0, 0, 0], request[..12]);
        Assert.Equal("proc meminfo\0", Encoding.ASCII.GetString(request[12..25]));
        Assert.All(request[25..], value => Assert.Equal(0, value));
    }

    [Fact]
    public void Answers_are_joined_without_their_zeros_until_one_says_that_it_is_the_last()
    {
        var text = new StringBuilder();
        Assert.True(UmlConsoleFormat.Take([0, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0, .. "Mem"u8, 0, 0], text));
        Assert.False(UmlConsoleFormat.Take([0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, .. "Free"u8, 0], text));
        Assert.Equal("MemFree", text.ToString());
    }

    [Theory]
    [InlineData("MemTotal:          29000 kB\nMemFree:           15632 kB\nMemAvailable:      17000 kB\n", 15632)]
    [InlineData("MemFree: 7", 7)]
    [InlineData("MemFree:", 0)]
    [InlineData("MemFree: ", 0)]
    [InlineData("MemFree: -5 kB", 0)]
    [InlineData("MemFree: 5kB", 0)]
    [InlineData("MemFree: 99999999999999999999 kB", 0)]
    [InlineData("MemAvailable: 5 kB", 0)]
    [InlineData("", 0)]
    public void What_is_no_amount_is_none(string facts, long amount) => Assert.Equal(amount, UmlConsoleFormat.FreeKibibytes(facts));

    [Fact]
    public void Hostile_answers_are_at_most_as_long_as_they_came_and_never_a_failure()
    {
        var random = new Random(4711);
        byte[] words = Encoding.ASCII.GetBytes("MemFree: 123456789 kB\n");
        for (int round = 0; round < 20_000; round++)
        {
            byte[] answer = new byte[random.Next(UmlConsoleFormat.MessageLength + 1)];
            random.NextBytes(answer);
            if (answer.Length > 100)
                words.AsSpan(random.Next(words.Length)).CopyTo(answer.AsSpan(random.Next(60)));
            var text = new StringBuilder();
            bool more = UmlConsoleFormat.Take(answer, text);
            Assert.InRange(text.Length, 0, answer.Length);
            Assert.Equal(answer.Length >= 12 && BinaryPrimitives.ReadInt32LittleEndian(answer.AsSpan(4)) != 0, more);
            Assert.InRange(UmlConsoleFormat.FreeKibibytes(text.ToString()), 0, long.MaxValue);
        }
    }
}
