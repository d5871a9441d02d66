using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Megatux.Agents;
using Megatux.Linux;
using Megatux.Pushmon;
using Megatux.Tree;
using Megatux.Xproc;
using Microsoft.Win32.SafeHandles;

namespace Megatux.HostAgent;

/// <summary>
/// The tree's daemon of this machine, which is a process of its own, as its launcher sees it: started again when it ends, told
/// how the nodes are, and given what they send. Nodes and what runs on them do not notice when it ends.
/// </summary>
internal sealed class TreeRelay : IDisposable
{
    /// <summary>The number of this machine's own jobs among those of its nodes.</summary>
    internal const uint Own = uint.MaxValue;

    /// <summary>The descriptor that the daemon finds its pipe at.</summary>
    internal const int PipeNumber = 3;

    /// <summary>The variable that it finds the links' key in: only root reads the environment of another's process.</summary>
    internal const string KeyVariable = "MEGATUX_KEY";

    // What waits to be written to the daemon: while it is busy, nodes wait in turn.
    private const int MostWaiting = 256;

    // How many are written together, at most.
    private const int MostAtOnce = 64;

    // Hundreds of nodes say every second how they are, each at its own moment. All that come within so many milliseconds wake the daemon
    // once, and always at the same ones: what came regularly goes on regularly.
    private const int Gathering = 20;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50), LongestPause = TimeSpan.FromSeconds(5);

    private readonly Func<IReadOnlyList<string>> _arguments;
    private readonly Action<uint, byte[]> _toNode;
    private readonly Func<uint, BlobId, Task<GivenProgram>>? _give;
    private readonly Dictionary<uint, Known> _states = [];
    private readonly Channel<(ChannelKind Kind, byte[]? Payload)> _waiting = Channel.CreateBounded<(ChannelKind, byte[]?)>(MostWaiting);
    private readonly object _gathering = new();
    private bool _isUrgent;
    private volatile MachineChannel? _pipe;
    private volatile ChildProcess? _daemon;
    private volatile bool _isOver, _isBehind;
    private string _key = "";

    /// <param name="arguments">The words that the daemon is started with.</param>
    /// <param name="toNode">Takes a part of a message for a node. Must not wait for the node.</param>
    /// <param name="give">Puts a program where a node can run it; null where there are no such nodes.</param>
    internal TreeRelay(Func<IReadOnlyList<string>> arguments, Action<uint, byte[]> toNode, Func<uint, BlobId, Task<GivenProgram>>? give = null) =>
        (_arguments, _toNode, _give) = (arguments, toNode, give);

    /// <summary>Starts the daemon. Once; more calls do nothing.</summary>
    /// <param name="key">The key of the tree's links, in PEM.</param>
    internal void Start(string key)
    {
        if (_key.Length > 0)
            return;
        _key = key;
        new Thread(Keep) { IsBackground = true }.Start();
        new Thread(Write) { IsBackground = true }.Start();
    }

    /// <summary>Has the daemon start again. Nodes and what they run do not notice.</summary>
    internal void Restart() => _daemon?.Signal(Signals.Kill);

    /// <summary>A node is in another state now. Never waits for the daemon.</summary>
    internal void Changed(uint node, NodeState state)
    {
        lock (_states)
            _states[node] = new Known(state, Stopwatch.GetTimestamp(), _states.TryGetValue(node, out Known known) ? known.Version + 1 : 0);
        if (!_waiting.Writer.TryWrite((ChannelKind.LeafState, RequestNumber.Before(node, default))))
        {
            _isBehind = true;

            // All may have been written meanwhile: then the writer waits for something.
            _waiting.Writer.TryWrite(default);
        }

        Hurry();
    }

    /// <summary>Takes a part of a message from a node; done when there is room for it.</summary>
    internal ValueTask FromLeafAsync(uint node, ReadOnlyMemory<byte> part)
    {
        if (part.Length > RequestNumber.LongestRest)
            return default;
        bool mayWait = MessageParts.TypeOf(part.Span) is { } type && PushCodec.IsSample(type);
        return PutAsync(ChannelKind.Tree, RequestNumber.Before(node, part.Span), mayWait);
    }

    /// <summary>Ends the daemon.</summary>
    public void Dispose()
    {
        _isOver = true;
        _daemon?.Dispose();
    }

    private void Keep()
    {
        TimeSpan pause = FirstPause;
        while (!_isOver)
        {
            long started = Stopwatch.GetTimestamp();
            try
            {
                RunOnce();
            }
            catch (Exception refused) when (refused is Win32Exception or IOException)
            {
                FirstProcess.Say($"the tree's daemon cannot be started: {refused.Message}");
            }

            pause = Stopwatch.GetElapsedTime(started) > LongestPause ? FirstPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
            if (!_isOver)
                Thread.Sleep(pause);
        }
    }

    private void RunOnce()
    {
        (SafeFileHandle ours, SafeFileHandle theirs) = SocketPair.Create();
        using var pipe = new MachineChannel(new FileStream(ours, FileAccess.ReadWrite, bufferSize: 0));
        using (theirs)
        {
            _daemon = ChildProcess.Start(new ChildStart
            {
                Program = "/proc/self/exe",
                Arguments = _arguments(),
                AddedEnvironment = new Dictionary<string, string> { [KeyVariable] = _key },
                Descriptors = [((SafeHandle)theirs, PipeNumber), .. StandardDescriptors.Outputs()],
            });
        }

        _pipe = pipe;
        _isBehind = true;
        _waiting.Writer.TryWrite(default);
        pipe.Receive((kind, payload) =>
        {
            if (!RequestNumber.TrySplit(payload, out uint node, out ReadOnlySpan<byte> part))
                return;
            if (kind == ChannelKind.Tree)
                _toNode(node, part.ToArray());
            else if (kind == ChannelKind.Give && part.Length == BlobId.Length && _give is not null)
                _ = GiveAsync(node, BlobId.Of(part));
        });
        _pipe = null;
        _daemon.Dispose();
        int code = _daemon.Exit.GetAwaiter().GetResult().ShellCode;
        if (!_isOver)
            FirstProcess.Say($"the tree's daemon has ended ({code}) and is started again");
    }

    private async Task GiveAsync(uint node, BlobId bundle)
    {
        uint version = VersionOf(node);
        GivenProgram given = await _give!(node, bundle).ConfigureAwait(false);

        // What has come up in its place meanwhile has not been given it.
        if (VersionOf(node) == version)
            await PutAsync(ChannelKind.Given, RequestNumber.Before(node, given.ToBytes()), mayWait: false).ConfigureAwait(false);
    }

    private ValueTask PutAsync(ChannelKind kind, byte[] payload, bool mayWait)
    {
        bool isPut = _waiting.Writer.TryWrite((kind, payload));
        if (!isPut || !mayWait)
            Hurry();
        return isPut ? default : _waiting.Writer.WriteAsync((kind, payload));
    }

    private uint VersionOf(uint node)
    {
        lock (_states)
            return _states.TryGetValue(node, out Known known) ? known.Version : 0;
    }

    // What nobody takes is lost; nodes say it again to the next daemon.
    private void Write()
    {
        var together = new List<(ChannelKind Kind, byte[] Payload)>(MostAtOnce);
        while (_waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            if (_pipe is not { } pipe)
            {
                _waiting.Reader.TryRead(out _);
                continue;
            }

            if (_isBehind)
            {
                _isBehind = false;
                TellAll(pipe);
            }

            while (together.Count < MostAtOnce && _waiting.Reader.TryRead(out (ChannelKind Kind, byte[]? Payload) next))
            {
                if (next.Kind is ChannelKind.Tree or ChannelKind.Given)
                    together.Add((next.Kind, next.Payload!));
                else if (RequestNumber.TrySplit(next.Payload, out uint node, out _))
                    together.Add((ChannelKind.LeafState, StateOf(node)));
            }

            pipe.Send(CollectionsMarshal.AsSpan(together));
            bool isMore = together.Count == MostAtOnce;
            together.Clear();
            if (!isMore)
                Gather();
        }
    }

    private void Gather()
    {
        lock (_gathering)
        {
            if (!_isUrgent)
                Monitor.Wait(_gathering, Gathering - (int)(Environment.TickCount64 % Gathering));
            _isUrgent = false;
        }
    }

    private void Hurry()
    {
        lock (_gathering)
        {
            _isUrgent = true;
            Monitor.Pulse(_gathering);
        }
    }

    private void TellAll(MachineChannel pipe)
    {
        uint[] nodes;
        lock (_states)
            nodes = [.. _states.Keys];
        foreach (uint node in nodes)
            pipe.Send(ChannelKind.LeafState, StateOf(node));
    }

    private byte[] StateOf(uint node)
    {
        Known known;
        lock (_states)
            known = _states[node];
        return RequestNumber.Before(node, new LeafReport(known.State, known.Version, Stopwatch.GetElapsedTime(known.Since)).ToBytes());
    }

    private readonly record struct Known(NodeState State, long Since, uint Version);
}
