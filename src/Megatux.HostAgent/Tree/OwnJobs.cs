using Megatux.Agents;
using Megatux.Tree;
using Megatux.Xproc;

namespace Megatux.HostAgent;

/// <summary>Jobs on a host itself, which goes through the tree's daemon as its guests do.</summary>
internal sealed class OwnJobs : IDisposable
{
    private readonly MessageParts.Joiner _joiner = new(XprocMessages.Codec, XprocMessages.LongestToNode);
    private readonly LeafRunner _runner;

    internal OwnJobs(TreeRelay tree)
    {
        // The thread that waits is that of the jobs: they wait for the daemon, and nobody else does.
        _runner = new LeafRunner(message => MessageParts.Cut(message, XprocMessages.Codec, RequestNumber.LongestRest, part =>
            tree.FromLeafAsync(TreeRelay.Own, part.ToArray()).AsTask().GetAwaiter().GetResult()));
        _runner.Start();
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
