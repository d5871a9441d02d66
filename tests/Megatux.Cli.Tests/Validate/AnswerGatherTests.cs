using System.Text;
using Megatux.Model;
using Megatux.Xproc;

namespace Megatux.Cli.Tests;

/// <summary>What nodes say of a job becomes an answer of each.</summary>
public sealed class AnswerGatherTests
{
    private readonly AnswerGather _gather = new();

    [Fact]
    public void Nodes_that_say_the_same_in_different_pieces_answer_the_same()
    {
        Say("n[1-3]", 0, "ab");
        Say("n4", 0, "a");
        Say("n4", 1, "b");
        Say("n[1-4]", 2, "c\n");
        NodeAnswer answer = Assert.Single(End("n[1-4]", 0));
        Assert.Equal(("n[1-4]", "abc\n", 0), (answer.Nodes.ToString(), answer.Output, answer.Code));
    }

    [Fact]
    public void Nodes_part_where_they_say_different_things_and_each_node_answers_once()
    {
        Say("n[1-9]", 0, "a");
        Say("n5", 1, "b");
        Dictionary<string, string> answers = End("n[1-9,20]", 3).ToDictionary(answer => answer.Nodes.ToString(), answer => answer.Output);
        Assert.Equal(new Dictionary<string, string> { ["n[1-4,6-9]"] = "a", ["n5"] = "ab", ["n20"] = "" }, answers);
        Assert.Equal("n5", Assert.Single(End("n5", 3)).Nodes.ToString());
    }

    [Fact]
    public void A_letter_may_come_in_two_pieces()
    {
        byte[] letter = Encoding.UTF8.GetBytes("é");
        Take(new JobRecord(NodeSet.Parse("n1"), 0, RecordKind.Output, letter.AsMemory(0, 1)));
        Take(new JobRecord(NodeSet.Parse("n1"), 1, RecordKind.Output, letter.AsMemory(1)));
        Assert.Equal("é", Assert.Single(End("n1", 0)).Output);
    }

    [Fact]
    public void No_more_is_kept_of_a_node_than_is_looked_at()
    {
        for (uint number = 0; number < 100; number++)
        {
            Say("n1", number * 2, new string('x', 3000));
            Say("n1", number * 2 + 1, new string('y', 3000), RecordKind.Error);
        }

        NodeAnswer answer = Assert.Single(End("n1", 0));
        Assert.True(answer.IsCut);
        Assert.Equal((NodeAnswer.MostOutput + 1, NodeAnswer.MostError), (answer.Output.Length, answer.Error.Length));
    }

    [Fact]
    public void Errors_are_apart_and_come_first_where_a_line_is_told()
    {
        Say("n1", 0, "out\n");
        Say("n1", 1, "first\nsecond\n", RecordKind.Error);
        Assert.Equal("first", Assert.Single(End("n1", 1)).FirstLine);
    }

    [Theory]
    [InlineData(RecordKind.Refused, "it could not be started: no such program")]
    [InlineData(RecordKind.Lost, "the node was lost")]
    public void Who_did_not_end_it_says_why(RecordKind kind, string reason)
    {
        NodeAnswer answer = Assert.Single(Take(new JobRecord(NodeSet.Parse("n1"), 0, kind, Encoding.UTF8.GetBytes("no such program"))));
        Assert.Equal((null, reason), (answer.Code, answer.Failure));
    }

    private void Say(string nodes, uint sequence, string text, RecordKind kind = RecordKind.Output) =>
        Assert.Empty(Take(new JobRecord(NodeSet.Parse(nodes), sequence, kind, Encoding.UTF8.GetBytes(text))));

    private IReadOnlyList<NodeAnswer> End(string nodes, int code) => Take(new JobRecord(NodeSet.Parse(nodes), 9, RecordKind.Exit, JobRecord.BytesOf(code)));

    private IReadOnlyList<NodeAnswer> Take(JobRecord record) => _gather.Take(record);
}
