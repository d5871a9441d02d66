using Megatux.Model;

namespace Megatux.Xproc.Tests;

public sealed class InputFlowTests
{
    private const int Piece = XprocJob.LongestInput;
    private static readonly NodeSet Nodes = NodeSet.Parse("n[0-9]");

    [Fact]
    public void No_more_is_sent_than_waits_for_the_slowest()
    {
        var flow = new InputFlow();
        Fill(flow);
        Assert.Equal(InputFlow.Window, flow.End);

        flow.Took(NodeSet.Parse("n[0-8]"), flow.End);
        flow.Settle(Nodes);
        Assert.False(flow.HasRoom(flow.End + 1));
        Assert.Equal("n9", flow.Behind(Nodes).ToString());

        flow.Took(NodeSet.Parse("n9"), JobLeaf.InputStep + 5);
        flow.Settle(Nodes);
        Assert.Equal(JobLeaf.InputStep, flow.Low);
        Fill(flow);
        Assert.Equal(InputFlow.Window + JobLeaf.InputStep, flow.End);
    }

    [Fact]
    public void A_slow_node_that_is_waited_for_no_longer_holds_up_nobody()
    {
        var flow = new InputFlow();
        Fill(flow);
        flow.Took(NodeSet.Parse("n[0-8]"), flow.End);
        Task moved = flow.Moved;
        flow.Settle(NodeSet.Parse("n[0-8]"));
        Assert.True(moved.IsCompletedSuccessfully);
        Assert.True(flow.HasRoom(flow.End + InputFlow.Window));
    }

    [Fact]
    public void What_is_missing_is_said_again_from_where_it_is_and_what_all_have_taken_is_not_kept()
    {
        var flow = new InputFlow();
        Fill(flow);
        flow.Took(Nodes, 2 * JobLeaf.InputStep);
        flow.Settle(Nodes);
        Assert.False(flow.HasFrom(JobLeaf.InputStep));
        Assert.True(flow.HasFrom(2 * JobLeaf.InputStep));

        long had = 3 * JobLeaf.InputStep;
        foreach (InputMessage piece in flow.From(1, Nodes, had))
        {
            Assert.Equal(had, piece.Offset);
            had += piece.Bytes.Length;
        }

        Assert.Equal(flow.End, had);
    }

    [Fact]
    public void The_end_is_something_to_wait_for()
    {
        var flow = new InputFlow();
        flow.Add(0, "x"u8.ToArray(), isLast: false);
        flow.Took(Nodes, 1);
        flow.Settle(Nodes);
        Assert.True(flow.Behind(Nodes).IsEmpty);

        flow.Add(1, [], isLast: true);
        Assert.Equal(Nodes, flow.Behind(Nodes));
        Assert.True(Assert.Single(flow.From(1, Nodes, 1)).IsLast);
        flow.Took(Nodes, 2);
        flow.Settle(Nodes);
        Assert.True(flow.Behind(Nodes).IsEmpty);
    }

    [Fact]
    public void Nodes_that_say_whatever_they_like_take_no_more_memory_and_do_not_let_more_through()
    {
        var flow = new InputFlow();
        Fill(flow);
        for (int lie = 0; lie < 10_000; lie++)
        {
            flow.Took(NodeSet.Parse($"n{lie % 9}"), (long)lie * JobLeaf.InputStep);
            flow.Settle(Nodes);
        }

        Assert.Equal(0, flow.Low);
        Assert.Equal("n9", flow.Behind(Nodes).ToString());
        Assert.False(flow.HasRoom(flow.End + 1));
    }

    private static void Fill(InputFlow flow)
    {
        while (flow.HasRoom(flow.End + Piece))
            flow.Add(flow.End, new byte[Piece], isLast: false);
    }
}
