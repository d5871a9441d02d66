namespace Megatux.Model;

/// <summary>A check as a project writes it: its name, and its metadata where given.</summary>
/// <param name="Name">What the item includes.</param>
public sealed record ValidationItem(string Name)
{
    /// <summary>A node set; <c>all</c> where left out.</summary>
    public string? Nodes { get; init; }

    /// <summary>What each node runs.</summary>
    public string? Command { get; init; }

    /// <summary>What must hold of each node's sample.</summary>
    public string? Expression { get; init; }

    /// <summary>What the command must write, or between slashes a pattern of it.</summary>
    public string? Expect { get; init; }

    /// <summary>What the command must exit with.</summary>
    public string? ExitCode { get; init; }

    /// <summary>A number of nodes, or a part of them in percent.</summary>
    public string? AtLeast { get; init; }

    /// <summary>A number of nodes.</summary>
    public string? Count { get; init; }

    /// <summary>A time: seconds, or with a unit.</summary>
    public string? Within { get; init; }
}
