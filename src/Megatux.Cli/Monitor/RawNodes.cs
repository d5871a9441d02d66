using Megatux.Model;
using Megatux.Pushmon;

namespace Megatux.Cli;

/// <summary>As many nodes of a set as can be watched one by one.</summary>
internal static class RawNodes
{
    /// <summary>The first of a set.</summary>
    internal static NodeSet First(NodeSet nodes) => nodes.Count <= MonitorClient.MostRawNodes ? nodes
        : NodeSet.Parse(string.Join(',', nodes.Expand().Take(MonitorClient.MostRawNodes)));
}
