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
                payload.Number(join.Rank);
                payload.Small(join.Attempt);
                payload.Flag(join.HasChildren);
                payload.Number(join.Avoid);
                payload.States(join.Members);
                return Join;
            case AcceptMessage accept:
                payload.Small(accept.Attempt);
                payload.Number(accept.Expected);
                return Accept;
            case RedirectMessage redirect:
                payload.Small(redirect.Attempt);
                payload.Number(redirect.Rank);
                return Redirect;
            case RefuseMessage refuse:
                payload.Small(refuse.Attempt);
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
            Join => new JoinMessage(reader.Number(), reader.Small(), reader.Flag(), reader.Number(), reader.States()),
            Accept => new AcceptMessage(reader.Small(), Math.Max(0, reader.Number())),
            Redirect => new RedirectMessage(reader.Small(), reader.Number()),
            Refuse => new RefuseMessage(reader.Small()),
            Members => new MembersMessage(reader.States()),
            _ => null,
        };
        return reader.IsGood ? message : null;
    }
}
