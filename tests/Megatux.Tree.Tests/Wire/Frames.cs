namespace Megatux.Tree.Tests;

/// <summary>Frames that tests send.</summary>
internal static class Frames
{
    /// <summary>A frame with that id and a payload that follows from it.</summary>
    public static byte[] Of(ulong id, int payloadLength)
    {
        byte[] payload = new byte[payloadLength];
        new Random((int)id).NextBytes(payload);
        byte[] frame = new byte[FrameHeader.Length + payloadLength];
        new FrameHeader { Type = MessageType.Exec, FromType = RouteType.Node, ToType = RouteType.Node, From = NodeNumber.Master, To = 7, Id = id }
            .WriteFrame(frame, payload);
        return frame;
    }

    /// <summary>Frames with ids from 0, most of them short, some without payload, some of the longest.</summary>
    public static IEnumerable<byte[]> Sequence(Random random, int count)
    {
        for (int id = 0; id < count; id++)
            yield return Of((ulong)id, random.Next(8) switch
            {
                0 => 0,
                1 => FrameHeader.LongestPayload,
                2 => random.Next(FrameHeader.LongestPayload + 1),
                _ => random.Next(200),
            });
    }

    /// <summary>A header alone, which says that its frame has that size.</summary>
    public static byte[] Claiming(uint size)
    {
        byte[] header = new byte[FrameHeader.Length];
        new FrameHeader { Type = MessageType.Run, Size = size }.Write(header);
        return header;
    }
}
