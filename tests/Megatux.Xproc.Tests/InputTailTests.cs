using Megatux.Model;

namespace Megatux.Xproc.Tests;

public sealed class InputTailTests
{
    private const int Piece = XprocJob.LongestInput;

    [Fact]
    public void However_much_is_missing_no_more_is_said_at_once_than_a_link_takes_and_all_of_it_in_the_end()
    {
        var tail = new InputTail();
        long end = 0;
        for (; end < InputTail.MostBytes; end += Piece)
            tail.Add(end, new byte[Piece], isLast: false);
        tail.Add(end, [], isLast: true);

        // As a node takes it: what is next; anything beyond shows that something is missing.
        long had = 0;
        bool isOver = false;
        for (int asked = 0; !isOver; asked++)
        {
            Assert.InRange(asked, 0, InputTail.MostBytes / InputTail.MostAtOnce);
            InputMessage[] said = [.. tail.From(1, NodeSet.Parse("n0"), had)];
            Assert.InRange(said.Sum(piece => piece.Bytes.Length), 0, InputTail.MostAtOnce + Piece);
            foreach (InputMessage piece in said.Where(piece => piece.Offset == had))
                (had, isOver) = (had + piece.Bytes.Length, piece.IsLast);
            Assert.True(isOver || said[^1].Offset > had);
        }

        Assert.Equal(end, had);
    }
}
