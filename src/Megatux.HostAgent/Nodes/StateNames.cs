namespace Megatux.HostAgent;

/// <summary>The states' names, in the order in which a status has them.</summary>
internal static class StateNames
{
    /// <summary>All of them.</summary>
    internal static readonly (NodeState State, string Name)[] All =
    [
        (NodeState.Up, "up"), (NodeState.Booting, "booting"), (NodeState.Waiting, "waiting"), (NodeState.Failed, "failed"), (NodeState.Down, "down"),
    ];

    /// <summary>The name of one.</summary>
    internal static string Of(NodeState state) => Array.Find(All, one => one.State == state).Name;
}
