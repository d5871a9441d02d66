using System.Collections.Concurrent;
using System.Diagnostics;
using Megatux.Model;
using Megatux.Tree;

namespace Megatux.Xproc.Tests;

/// <summary>A root with its loop, its server on a socket and nodes of its own; it can be killed and started again.</summary>
internal sealed class TestRoot : IDisposable
{
    private static readonly Stopwatch Clock = Stopwatch.StartNew();

    private readonly TempFolder _folder = new();
    private readonly BlockingCollection<Action> _posted = [];
    private readonly List<FakeNode> _nodes = [];
    private readonly Thread _loop;
    private JobStore? _store;
    private BlobStore? _blobs;
    private JobServer? _server;
    private JobRoot? _root;
    private JobRouter? _router;
    private bool _away;
    private int _lostPieces;

    internal TestRoot(int nodes)
    {
        for (int node = 0; node < nodes; node++)
        {
            int link = node;
            _nodes.Add(new FakeNode($"n{node}", message => _router?.ReceiveFromLeaf(link, message, Now), Post));
        }

        _loop = new Thread(Run) { IsBackground = true };
        _loop.Start();
        Start();
    }

    internal static TimeSpan Now => Clock.Elapsed;

    internal string SocketPath => _folder["xproc"];

    internal IReadOnlyList<FakeNode> Nodes => _nodes;

    internal XprocClient Connect() => XprocClient.Connect(SocketPath);

    /// <summary>The root dies: what it has not put on the disk is gone, and nobody is at the socket.</summary>
    internal void Kill() => OnLoop(() =>
    {
        _server!.Dispose();
        _store!.Dispose();
        _blobs!.Dispose();
        (_router, _root) = (null, null);
    });

    /// <summary>Starts one, and has the nodes join.</summary>
    internal void Start() => OnLoop(() =>
    {
        _store = JobStore.Open(_folder["jobs"]);
        _blobs = new BlobStore(_folder["programs"], 1 << 30);
        _server = new JobServer(_store, _blobs, States, () => Now, Post);
        _root = new JobRoot(() => States().Up, _server);
        _server.Resume(_root);
        _router = new JobRouter(Deliver, _root);
        _root.Use(_router, Now);
        for (int node = 0; node < _nodes.Count; node++)
            _router.LeafUp(node, _nodes[node].Name, TimeSpan.Zero, Now);
        _server.Listen(SocketPath);
    });

    /// <summary>The last node goes where nobody hears of it.</summary>
    internal void LoseLastNode() => OnLoop(() =>
    {
        _away = true;
        _router!.LeafGone(_nodes.Count - 1, Now);
    });

    public void Dispose()
    {
        OnLoop(() =>
        {
            _server!.Dispose();
            _store!.Dispose();
            _blobs!.Dispose();
        });
        _posted.CompleteAdding();
        _loop.Join();
        _posted.Dispose();
        _folder.Dispose();
    }

    private NodeStates States() => NodeStates.OnlyUp(_router is null ? NodeSet.Empty : NodeSet.UnionOf(_nodes.Take(_nodes.Count - (_away ? 1 : 0)).Select(node => node.Name)));

    /// <summary>The next so many pieces of input do not come to any node, as when a daemon on the way dies with them.</summary>
    internal void LoseInput(int pieces) => OnLoop(() => _lostPieces = pieces * _nodes.Count);

    /// <summary>The nodes' way up is another.</summary>
    internal void ChangeWays() => OnLoop(() => _router!.Tell(ResendMessage.Instance));

    private void Deliver(long link, TreeMessage message)
    {
        if (message is not InputMessage || --_lostPieces < 0)
            Post(() => _nodes[(int)link].Leaf.Receive(message));
    }

    private void Post(Action work)
    {
        if (!_posted.IsAddingCompleted)
            _posted.Add(work);
    }

    private void OnLoop(Action work)
    {
        var done = new TaskCompletionSource();
        Post(() =>
        {
            try
            {
                work();
                done.SetResult();
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        });
        done.Task.WaitAsync(TimeSpan.FromSeconds(60)).GetAwaiter().GetResult();
    }

    private void Run()
    {
        while (!_posted.IsCompleted)
        {
            if (_posted.TryTake(out Action? work, 5))
                work();
            _router?.Tick(Now);
            _root?.Tick(Now);
            _nodes.ForEach(node => node.Leaf.Tick(Now));
        }
    }
}
