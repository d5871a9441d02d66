using Megatux.Agents;
using Megatux.Model;
using Megatux.Pushmon;
using Megatux.Tree;
using Megatux.Xproc;

namespace Megatux.HostAgent;

/// <content>The nodes of this machine, by way of their launcher.</content>
internal sealed partial class TreeShell
{
    /// <inheritdoc/>
    public void Give(long link, BlobId bundle) => _pipe.Send(ChannelKind.Give, RequestNumber.Before((uint)(FirstNode - link), bundle.ToBytes()));

    private void ListenToLauncher()
    {
        _pipe.Receive((kind, payload) =>
        {
            if (!RequestNumber.TrySplit(payload, out uint node, out ReadOnlySpan<byte> rest))
                return;
            byte[] bytes = rest.ToArray();
            if (kind == ChannelKind.Tree)
            {
                _nodesMayTalk.Wait();
                Post(() => Hear(node, bytes));
            }
            else if (kind == ChannelKind.LeafState && LeafReport.Read(bytes) is { } report)
            {
                Post(() => Changed(node, report));
            }
            else if (kind == ChannelKind.Given && GivenProgram.Read(bytes) is { } given)
            {
                Post(() => Router.Given(FirstNode - node, given.Bundle, given.Place, given.Problem, Now));
            }
        });

        // Nothing outlives the launcher.
        Environment.Exit(0);
    }

    private void Hear(uint node, byte[] part)
    {
        if (!_nodes.TryGetValue(node, out Neighbour? known) || known.Joiner.Add(part) is not { } message)
            return;
        if (message is SampleMessage sample)
            Monitor?.ReceiveFromLeaf(FirstNode - node, sample, Now);
        else
            Router.ReceiveFromLeaf(FirstNode - node, message, Now);
    }

    private void Changed(uint node, LeafReport report)
    {
        bool isKnown = _nodes.TryGetValue(node, out Neighbour? known);
        if (isKnown && known!.Version == report.Version)
            return;
        _nodes[node] = new Neighbour(report.State, report.Version, new MessageParts.Joiner(NodeCodec, XprocMessages.LongestFromNode));
        TimeSpan now = Now;
        NodeSet name = _nameOf(node);

        // Of hosts, their own daemons say that they are up.
        if (!_isRoot && isKnown && known!.State == NodeState.Up)
        {
            Router.LeafGone(FirstNode - node, now);
            Monitor?.LeafGone(FirstNode - node);
        }

        if (!_isRoot && report.State == NodeState.Up)
        {
            Router.LeafUp(FirstNode - node, name, now - report.Since, now);
            Monitor?.LeafUp(FirstNode - node, name.ToString(), _numberOf(node));
        }

        if (isKnown)
            Count(known!.State, name, isThere: false);
        Count(report.State, name, isThere: true);
        Daemon.SetOwn(_own, now);
    }

    private void Count(NodeState state, NodeSet node, bool isThere)
    {
        NodeSet Change(NodeSet set) => isThere ? set.Union(node) : set.Except(node);
        _own = state switch
        {
            NodeState.Up when !_isRoot => _own with { Up = Change(_own.Up) },
            NodeState.Booting => _own with { Boot = Change(_own.Boot) },
            NodeState.Failed => _own with { Error = Change(_own.Error) },
            _ => _own,
        };
    }

    private sealed record Neighbour(NodeState State, uint Version, MessageParts.Joiner Joiner);
}
