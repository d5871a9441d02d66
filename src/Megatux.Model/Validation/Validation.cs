namespace Megatux.Model;

/// <summary>A check that a project declares of its nodes: what they are asked, and what they must answer.</summary>
public sealed record Validation
{
    /// <summary>The item of a project that declares one.</summary>
    public const string Item = "Validation";

    /// <summary>Names of checks that every experiment has: its nodes are up, and are who the plan says.</summary>
    public const string Up = "up", Plan = "plan";

    /// <summary>Characters of a name, at most.</summary>
    public const int MaxName = 48;

    /// <summary>Characters of a command, an expression or an expected output, at most.</summary>
    public const int MaxText = 4096;

    /// <summary>How long a check may take unless it says so.</summary>
    public static readonly TimeSpan DefaultWithin = TimeSpan.FromMinutes(1);

    /// <summary>The least and the most time that a check may take.</summary>
    public static readonly TimeSpan LeastWithin = TimeSpan.FromMilliseconds(100), MostWithin = TimeSpan.FromDays(1);

    /// <summary>What people call it; no other check of the experiment has the name.</summary>
    public required string Name { get; init; }

    /// <summary>The nodes that are asked.</summary>
    public required NodeSet Nodes { get; init; }

    /// <summary>What each of them runs, by its /bin/sh; null where <see cref="Expression"/> is given.</summary>
    public string? Command { get; init; }

    /// <summary>What must hold of each one's sample, as a reduction has it; null where <see cref="Command"/> is given.</summary>
    public string? Expression { get; init; }

    /// <summary>What the command must write; null for whatever it writes.</summary>
    public ExpectedOutput? Expect { get; init; }

    /// <summary>What the command must exit with, 0 to 255.</summary>
    public int ExitCode { get; init; }

    /// <summary>How many of the nodes it must hold on.</summary>
    public NodeQuota Quota { get; init; } = NodeQuota.All;

    /// <summary>By when, from the moment that they are asked.</summary>
    public TimeSpan Within { get; init; } = DefaultWithin;
}
