using Megatux.Agents;
using Megatux.Pushmon;
using Megatux.Tree;
using Megatux.Xproc;

namespace Megatux.HostAgent;

/// <summary>What a host itself runs and says of itself, which goes through the tree's daemon as with its guests.</summary>
internal sealed class OwnLeaf : IDisposable
{
    private readonly MessageParts.Joiner _joiner = new(TreeShell.NodeCodec, XprocMessages.LongestToNode);
    private readonly LeafRunner _runner;

    internal OwnLeaf(string name, TimeSpan? interval, TreeRelay tree)
    {
        // The thread that waits is that of the jobs: they wait for the daemon, and nobody else does.
        void Send(TreeMessage message) => MessageParts.Cut(message, TreeShell.NodeCodec, RequestNumber.LongestRest, part =>
            tree.FromLeafAsync(TreeRelay.Own, part.ToArray()).AsTask().GetAwaiter().GetResult());
        _runner = new LeafRunner(Send);
        _runner.Start(interval is { } time ? new MonitorLeaf(name, time, new NodeSampler().Take, Send, TimeSpan.Zero) : null);
    }

    /// <summary>Takes a part of a message from the tree's daemon.</summary>
    internal void Receive(byte[] part)
    {
        if (_joiner.Add(part) is { } message)
            _runner.Receive(message);
    }

    /// <inheritdoc/>
    public void Dispose() => _runner.Dispose();
}
