namespace Megatux.Agents;

/// <summary>What a message on the channel between a machine and whoever launched it says.</summary>
public enum ChannelKind : byte
{
    /// <summary>Up the tree: the machine is up. The payload is its name in UTF-8.</summary>
    Up = 1,

    /// <summary>Down: say something back. The payload, at most <see cref="ChannelFrame.LongestPayload"/> bytes, comes back.</summary>
    Ping = 2,

    /// <summary>Up: the payload of a <see cref="Ping"/>.</summary>
    Pong = 3,

    /// <summary>Down: end. The payload is one byte, an <see cref="EndOfMachine"/>.</summary>
    Stop = 4,

    /// <summary>Up: the machine cannot be what it is to be, and does not come up. The payload says why, in UTF-8.</summary>
    Failed = 5,

    /// <summary>Down, to a host: a request. The payload is its number (4 bytes, little-endian) and a text in UTF-8.</summary>
    Request = 6,

    /// <summary>Up, from a host: a part of an answer. The payload is the request's number and bytes; without bytes it is the end.</summary>
    Answer = 7,

    /// <summary>Down, to a host: what a person types to the console that a request attached to: its number and bytes.</summary>
    Input = 8,

    /// <summary>Down, to a host: nobody waits for the rest of an answer. The payload is the request's number.</summary>
    Cancel = 9,

    /// <summary>Both ways: a part of a message of the tree, to or from a node's jobs. Between processes of a host, behind the node's number.</summary>
    Tree = 10,

    /// <summary>Down, to a host: the key that hosts and front-end know each other by, in PEM.</summary>
    Key = 11,

    /// <summary>
    /// Between processes of a host, to the tree's daemon: how a node is. The payload is its number, its state in one byte, and
    /// for how long it has been up in milliseconds (8 bytes, little-endian).
    /// </summary>
    LeafState = 12,

    /// <summary>Between processes of a host, from the tree's daemon: put a program where a node can run it. The payload is the node's number and the program's digest.</summary>
    Give = 13,

    /// <summary>The answer: the node's number, the program's digest, and where it is; or where it could not be put anywhere a zero byte and why, in UTF-8.</summary>
    Given = 14,

    /// <summary>Up, over a terminal line: how many bytes the machine has taken from there since it was opened (8, little-endian).</summary>
    Taken = 15,
}

/// <summary>How a machine is to end.</summary>
public enum EndOfMachine : byte
{
    /// <summary>For good.</summary>
    PowerOff = 0,

    /// <summary>To start again.</summary>
    Restart = 1,

    /// <summary>To go on with the kernel that was loaded.</summary>
    NextKernel = 2,
}
