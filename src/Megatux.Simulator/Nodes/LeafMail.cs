using Megatux.Tree;

namespace Megatux.Simulator;

/// <summary>A message on its way to a node.</summary>
internal sealed class LeafMail(VirtualHost host, long link, TreeMessage message) : IHappening
{
    void IHappening.Happen() => host.ReachLeaf(link, message);
}
