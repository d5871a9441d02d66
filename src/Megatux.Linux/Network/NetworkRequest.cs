namespace Megatux.Linux;

/// <summary>A request that is queued: where its message lies, and what its errors are called.</summary>
internal readonly record struct NetworkRequest
{
    /// <summary>A value of <see cref="Tolerated"/>: whether the request succeeds does not matter.</summary>
    internal const int AnyError = -1;

    /// <summary>Where its message ends in the queue's buffer; it starts where the one before it ends.</summary>
    internal int End { get; init; }

    /// <summary>What is to be done, as an error says it: "add bridge".</summary>
    internal string Operation { get; init; }

    /// <summary>What it is done with, as an error says it.</summary>
    internal string Subject { get; init; }

    /// <summary>The device that it is done with.</summary>
    internal string? Link { get; init; }

    /// <summary>A device whose index the message must hold, since the kernel takes no name there.</summary>
    internal string? IndexOf { get; init; }

    /// <summary>Where in the queue's buffer that index belongs.</summary>
    internal int IndexAt { get; init; }

    /// <summary>An error number that is as good as success, or <see cref="AnyError"/>; 0 for none.</summary>
    internal int Tolerated { get; init; }

    /// <summary>True when a name may stand for another device, or none, afterwards.</summary>
    internal bool ChangesNames { get; init; }
}
