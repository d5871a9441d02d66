namespace Megatux.Tree.Tests;

public sealed class FrameHeaderTests
{
    [Fact]
    public void A_header_lies_on_the_wire_as_BProc_has_it()
    {
        byte[] bytes = new byte[FrameHeader.Length];
        new FrameHeader
        {
            Type = MessageType.NodePing, IsResponse = true, FromType = RouteType.Node, ToType = RouteType.Real,
            From = NodeNumber.Master, To = 0x01020304, Size = 0x20, Id = 0x1122334455667788, Result = -2,
        }.Write(bytes);

        Assert.Equal("08800201FFFFFFFF04030201200000008877665544332211FEFFFFFFFFFFFFFF", Convert.ToHexString(bytes));
    }

    [Fact]
    public void Whatever_bytes_a_header_is_read_from_it_writes_them_again()
    {
        var random = new Random(1);
        byte[] bytes = new byte[FrameHeader.Length], again = new byte[FrameHeader.Length];
        for (int i = 0; i < 10_000; i++)
        {
            random.NextBytes(bytes);
            FrameHeader.Read(bytes).Write(again);
            Assert.Equal(bytes, again);
        }
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(31, false)]
    [InlineData(32, true)]
    [InlineData(32 + 65536, true)]
    [InlineData(32 + 65537, false)]
    [InlineData(uint.MaxValue, false)]
    public void A_size_is_one_that_a_frame_can_have_or_none(uint size, bool isValid) =>
        Assert.Equal(isValid, FrameHeader.Read(Frames.Claiming(size)).HasValidSize);

    [Fact]
    public void A_frame_gets_the_size_that_its_payload_gives_it()
    {
        byte[] buffer = new byte[100];
        int length = new FrameHeader { Type = MessageType.Version, Size = 5 }.WriteFrame(buffer, "BPr"u8);

        Assert.Equal(35, length);
        Assert.Equal(35u, FrameHeader.Read(buffer).Size);
        Assert.Equal("BPr"u8, buffer.AsSpan(FrameHeader.Length, 3));
    }

    [Fact]
    public void A_payload_too_long_for_a_frame_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => default(FrameHeader).WriteFrame(new byte[1 << 20], new byte[FrameHeader.LongestPayload + 1]));
}
