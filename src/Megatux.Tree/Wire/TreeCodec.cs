namespace Megatux.Tree;

/// <summary>The tree's own messages as bytes. Numbers below 64 are BProc's.</summary>
public sealed class TreeCodec : IMessageCodec
{
    private const ushort Beat = 8, Join = 64, Accept = 65, Redirect = 66, Refuse = 67, Members = 68;

    /// <inheritdoc/>
    public ushort? Write(TreeMessage message, PayloadWriter payload)
    {
        switch (message)
        {
            case BeatMessage:
                return Beat;
            case JoinMessage join:
                payload.Int64(join.Rank);
                payload.UInt32(join.Attempt);
                payload.Flag(join.HasChildren);
                payload.Int64(join.Avoid);
                payload.States(join.Members);
                return Join;
            case AcceptMessage accept:
                payload.UInt32(accept.Attempt);
                payload.Int64(accept.Expected);
                return Accept;
            case RedirectMessage redirect:
                payload.UInt32(redirect.Attempt);
                payload.Int64(redirect.Rank);
                return Redirect;
            case RefuseMessage refuse:
                payload.UInt32(refuse.Attempt);
                return Refuse;
            case MembersMessage members:
                payload.States(members.Members);
                return Members;
            default:
                return null;
        }
    }

    /// <inheritdoc/>
    public TreeMessage? Read(ushort type, ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        TreeMessage? message = type switch
        {
            Beat => BeatMessage.Instance,
            Join => new JoinMessage(reader.Int64(), reader.UInt32(), reader.Flag(), reader.Int64(), reader.States()),
            Accept => new AcceptMessage(reader.UInt32(), Math.Max(0, reader.Int64())),
            Redirect => new RedirectMessage(reader.UInt32(), reader.Int64()),
            Refuse => new RefuseMessage(reader.UInt32()),
            Members => new MembersMessage(reader.States()),
            _ => null,
        };
        return reader.IsGood ? message : null;
    }
}
