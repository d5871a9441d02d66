namespace Megatux.HostAgent;

/// <summary>How a guest is, as its host sees it.</summary>
internal enum NodeState : byte
{
    /// <summary>To be started when its turn comes.</summary>
    Waiting,

    /// <summary>Started, and has not said that it is up.</summary>
    Booting,

    /// <summary>Has said that it is up.</summary>
    Up,

    /// <summary>Ended without being told to; to be started again after a pause.</summary>
    Failed,

    /// <summary>Ended, and is to stay so.</summary>
    Down,
}
