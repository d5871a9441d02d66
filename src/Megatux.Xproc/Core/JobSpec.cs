namespace Megatux.Xproc;

/// <summary>What a job's nodes are to start.</summary>
public sealed record JobSpec
{
    /// <summary>The program and its arguments; never empty. A program without a slash is looked for in the node's PATH.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>Variables of the environment, as NAME=VALUE, that are added to the node's own.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>Where it starts; null for the node's root.</summary>
    public string? Folder { get; init; }

    /// <summary>
    /// The program that travels to the nodes, by the digest of its list of parts, which the root must have; null to run what
    /// nodes have. On a node it is at /xproc, for the command and its children alone.
    /// </summary>
    public BlobId? Bundle { get; init; }

    /// <summary>True when input follows; else it reads nothing.</summary>
    public bool HasInput { get; init; }

    /// <summary>How long it may run on a node; then it is killed there. Null for as long as it takes.</summary>
    public TimeSpan? Limit { get; init; }
}
