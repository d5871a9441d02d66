using Megatux.Model;
using Megatux.Tree;

namespace Megatux.Xproc.Tests;

public sealed class JobRouterProgramTests : IDisposable
{
    private const long Above = 100, First = -10, Second = -11;
    private const ulong Number = 7;

    private readonly TempFolder _folder = new();
    private readonly BlobStore _store;
    private readonly List<(long Link, TreeMessage Message)> _sent = [];
    private readonly Giver _giver;
    private readonly JobRouter _router;
    private readonly byte[] _part = [1, 2, 3];
    private readonly byte[] _list;

    public JobRouterProgramTests()
    {
        _store = new BlobStore(_folder["s"], 1 << 20);
        _giver = new Giver(_store);
        _router = new JobRouter((link, message) => _sent.Add((link, message)), sink: null, _giver);
        _list = new Bundle([(BlobId.OfContents(_part), _part.Length)]).ToBytes();
        _router.LeafUp(First, NodeSet.Parse("vm0.h0"), default, default);
        _router.LeafUp(Second, NodeSet.Parse("vm1.h0"), default, default);
        _router.ParentFound(Above, default);
        _sent.Clear();
    }

    private BlobId Program => BlobId.OfContents(_list);

    [Fact]
    public void Nodes_are_told_of_a_job_when_its_program_is_there_and_then_of_all_that_was_for_them_meanwhile()
    {
        Run();
        _router.ReceiveFromParent(new SignalMessage(Number, NodeSet.Parse("vm[0-1].h0"), 15), default);
        _router.ReceiveFromParent(new InputMessage(Number, NodeSet.Parse("vm[0-1].h0"), 0, new byte[] { 5 }, true), default);
        Assert.Empty(ToNodes());
        Bring(Program, _list);
        Bring(BlobId.OfContents(_part), _part);
        Assert.Equal([(Second, Program), (First, Program)], _giver.Given.OrderBy(given => given.Item1));
        Assert.Empty(ToNodes());

        _router.Given(First, Program, "/somewhere", "", default);
        Assert.Equal([typeof(RunMessage), typeof(SignalMessage), typeof(InputMessage)], ToNodes().Select(sent => sent.Message.GetType()));
        Assert.All(ToNodes(), sent => Assert.Equal(First, sent.Link));
        Assert.Equal("/somewhere", ((RunMessage)ToNodes()[0].Message).Place);

        // What comes later has nothing to wait for; the other node's does.
        _sent.Clear();
        _router.ReceiveFromParent(new SignalMessage(Number, NodeSet.Parse("vm[0-1].h0"), 9), default);
        Assert.Equal([First], ToNodes().Select(sent => sent.Link));
    }

    [Fact]
    public void Nodes_hear_why_their_program_is_not_there()
    {
        Run();
        _router.ReceiveFromParent(new NoBlobMessage(Program, "no room"), default);
        Assert.Equal(["no room", "no room"], ToNodes().Select(sent => ((RunMessage)sent.Message).Problem));
        Assert.Empty(_giver.Given);
    }

    [Fact]
    public void A_node_that_ends_and_a_job_that_is_over_leave_nothing_to_wait_for()
    {
        Run();
        _router.LeafGone(First, default);
        _router.ReceiveFromParent(new ForgetMessage(Number, NodeSet.Parse("vm[0-1].h0")), default);
        Bring(Program, _list);
        Bring(BlobId.OfContents(_part), _part);
        _router.Given(First, Program, "/somewhere", "", default);
        _router.Given(Second, Program, "/somewhere", "", default);
        Assert.DoesNotContain(_sent, sent => sent.Message is RunMessage);
    }

    [Fact]
    public void Of_the_signals_that_wait_for_a_program_each_is_kept_once()
    {
        Run();
        for (int time = 0; time < 3; time++)
            foreach (int signal in (int[])[15, 9])
                _router.ReceiveFromParent(new SignalMessage(Number, NodeSet.Parse("vm0.h0"), signal), default);
        Bring(Program, _list);
        Bring(BlobId.OfContents(_part), _part);
        _router.Given(First, Program, "/somewhere", "", default);
        Assert.Equal([15, 9], ToNodes().Select(sent => sent.Message).OfType<SignalMessage>().Select(signal => signal.Signal));
    }

    [Fact]
    public void What_is_no_list_of_parts_is_no_program()
    {
        byte[] none = [1, 2, 3, 4];
        Run(BlobId.OfContents(none));
        Bring(BlobId.OfContents(none), none);
        Assert.All(ToNodes(), sent => Assert.NotEqual("", ((RunMessage)sent.Message).Problem));
        Assert.Equal(2, ToNodes().Count);
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    private List<(long Link, TreeMessage Message)> ToNodes() => [.. _sent.Where(sent => sent.Link <= First)];

    private void Run(BlobId? program = null) => _router.ReceiveFromParent(
        new RunMessage(Number, default, NodeSet.Parse("vm[0-1].h0"), new JobSpec { Words = ["x"], HasInput = true, Bundle = program ?? Program }), default);

    private void Bring(BlobId id, byte[] bytes)
    {
        Assert.Contains(_sent, sent => sent is (Above, WantMessage want) && want.Blob == id);
        _router.ReceiveFromParent(new ChunkMessage(id, bytes.Length, 0, bytes), default);
    }

    private sealed class Giver(IBlobStore store) : IPrograms
    {
        internal List<(long, BlobId)> Given { get; } = [];

        public IBlobStore Store => store;

        public void Give(long link, BlobId bundle) => Given.Add((link, bundle));
    }
}
