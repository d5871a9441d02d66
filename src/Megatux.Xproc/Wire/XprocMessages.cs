using Megatux.Tree;

namespace Megatux.Xproc;

/// <summary>Messages of process startup between a node and its host.</summary>
public static class XprocMessages
{
    /// <summary>The longest message to a node in bytes: as much as a program's arguments and environment may be.</summary>
    public const int LongestToNode = 256 << 10;

    /// <summary>The longest message from a node in bytes: a guest may be hostile.</summary>
    public const int LongestFromNode = 64 << 10;

    /// <summary>Whether a node asks again for messages of a type, so that they may be left out where too much waits for it.</summary>
    public static bool IsAskedForAgain(ushort type) => type == XprocCodec.Input;

    /// <summary>How they are written.</summary>
    public static IMessageCodec Codec { get; } = new XprocCodec();
}
