using Megatux.Tree;

namespace Megatux.Xproc.Tests;

/// <summary>Relays above one another, with links that keep what was sent until it is taken.</summary>
public sealed class BlobRelayTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<Station> _stations = [];

    [Fact]
    public void Bytes_flow_on_while_they_are_still_arriving_and_no_link_holds_more_than_a_window()
    {
        Station root = Add(isRoot: true), middle = Add(), bottom = Add(), other = Add();
        byte[] bytes = Contents(3_000_000);
        BlobId id = root.Keep(bytes);
        middle.Under(root);
        bottom.Under(middle);
        other.Under(middle);
        bottom.Relay.Need(id);
        other.Relay.Need(id);

        bool flowedOn = false;
        while (Step())
        {
            flowedOn |= middle.Store.LengthOf(id) is null && bottom.Has > 0;
            Assert.All(_stations, station => Assert.InRange(station.UnderWay, 0, BlobRelay.Window));
        }

        Assert.True(flowedOn);
        Assert.Equal(bytes, bottom.Read(id));
        Assert.Equal(bytes, other.Read(id));
        Assert.Equal([(id, null)], bottom.Settled);

        // Once for both; and what is there is not sent again.
        Assert.Equal(bytes.Length, root.Sent);
        Station late = Add();
        late.Under(middle);
        late.Relay.Need(id);
        while (Step())
            continue;
        Assert.Equal(bytes.Length, root.Sent);
        Assert.Equal(bytes, late.Read(id));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(BlobRelay.ChunkLength)]
    [InlineData(BlobRelay.Window + 1)]
    public void Every_length_arrives_whole(int length)
    {
        Station root = Add(isRoot: true), bottom = Add();
        BlobId id = root.Keep(Contents(length));
        bottom.Under(root);
        bottom.Relay.Need(id);
        while (Step())
            continue;
        Assert.Equal(length, bottom.Store.LengthOf(id));
    }

    [Fact]
    public void A_new_parent_goes_on_where_the_last_one_was_lost()
    {
        Station root = Add(isRoot: true), first = Add(), second = Add(), bottom = Add();
        byte[] bytes = Contents(2_000_000);
        BlobId id = root.Keep(bytes);
        first.Under(root);
        second.Under(root);
        bottom.Under(first);
        bottom.Relay.Need(id);
        while (bottom.Has < bytes.Length / 2)
            Assert.True(Step());
        long had = bottom.Has;
        bottom.Lose();
        while (Step())
            continue;
        bottom.Under(second);
        while (Step())
            continue;
        Assert.Equal(bytes, bottom.Read(id));
        Assert.InRange(bottom.Taken, bytes.Length, bytes.Length + BlobRelay.Window);
        Assert.InRange(second.Sent, 1, bytes.Length - had);
    }

    [Fact]
    public void What_nobody_has_is_refused_all_the_way_down()
    {
        Station root = Add(isRoot: true), middle = Add(), bottom = Add();
        middle.Under(root);
        bottom.Under(middle);
        bottom.Relay.Need(BlobId.OfContents([1, 2, 3]));
        while (Step())
            continue;
        Assert.NotNull(Assert.Single(bottom.Settled).Problem);
        Assert.All(_stations, station => Assert.Equal(0, station.Relay.OpenCount));
    }

    [Fact]
    public void Bytes_that_are_not_those_that_were_asked_for_are_asked_for_again_and_then_refused()
    {
        Station root = Add(isRoot: true), bottom = Add();
        BlobId id = root.Keep(Contents(100_000));
        bottom.Under(root);
        bottom.Spoils = 1;
        bottom.Relay.Need(id);
        while (Step())
            continue;
        Assert.Equal([(id, null)], bottom.Settled);

        BlobId other = root.Keep(Contents(100_001));
        bottom.Spoils = int.MaxValue;
        bottom.Relay.Need(other);
        while (Step())
            continue;
        Assert.NotNull(bottom.Settled[^1].Problem);
        Assert.Null(bottom.Store.LengthOf(other));
    }

    [Fact]
    public void Where_there_is_no_room_whoever_is_below_hears_of_it()
    {
        Station root = Add(isRoot: true), small = Add(mostBytes: 1000), bottom = Add();
        BlobId id = root.Keep(Contents(2000)), fits = root.Keep(Contents(900));
        small.Under(root);
        bottom.Under(small);
        bottom.Relay.Need(id);
        bottom.Relay.Need(fits);
        while (Step())
            continue;
        Assert.Contains("1000", bottom.Settled.Single(settled => settled.Id == id).Problem, StringComparison.Ordinal);
        Assert.Null(bottom.Settled.Single(settled => settled.Id == fits).Problem);
    }

    [Fact]
    public void Who_has_no_room_is_sent_no_more_than_shows_that_and_nobody_above_waits_for_it()
    {
        Station root = Add(isRoot: true), small = Add(mostBytes: 1000);
        BlobId[] ids = [.. Enumerable.Range(300_000, 8).Select(length => root.Keep(Contents(length)))];
        small.Under(root);
        foreach (BlobId id in ids)
            small.Relay.Need(id);

        // What is no use any more must not pile up in the link: it would be closed, and all below with it.
        while (Step())
            Assert.InRange(small.UnderWay, 0, BlobRelay.Window);
        Assert.Equal(ids, small.Settled.Select(settled => settled.Id));
        Assert.Equal(ids.Length * BlobRelay.ChunkLength, small.Taken);
        Assert.All(_stations, station => Assert.Equal(0, station.Relay.OpenCount));
    }

    public void Dispose()
    {
        foreach (Station station in _stations)
            station.Store.Dispose();
        _folder.Dispose();
    }

    private static byte[] Contents(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private Station Add(bool isRoot = false, long mostBytes = 1 << 30)
    {
        var station = new Station(new BlobStore(_folder[$"s{_stations.Count}"], mostBytes), isRoot, _stations.Count);
        _stations.Add(station);
        return station;
    }

    // One message of each link, in turn.
    private bool Step()
    {
        bool any = false;
        foreach (Station station in _stations)
            any |= station.Step();
        return any;
    }

    private sealed class Station
    {
        private const long Up = -1;

        private readonly long _number;
        private readonly Dictionary<long, Station> _below = [];
        private readonly Queue<TreeMessage> _fromAbove = new(), _toAbove = new();
        private Station? _parent;

        internal Station(BlobStore store, bool isRoot, long number)
        {
            (Store, _number) = (store, number);
            Relay = new BlobRelay(Send, store, (id, problem) => Settled.Add((id, problem)), isRoot);
        }

        internal BlobStore Store { get; }

        internal BlobRelay Relay { get; }

        internal List<(BlobId Id, string? Problem)> Settled { get; } = [];

        internal long Sent { get; private set; }

        internal long Taken { get; private set; }

        internal long Has { get; private set; }

        /// <summary>Of so many of the next whole contents, the first byte arrives as another.</summary>
        internal int Spoils { get; set; }

        internal long UnderWay => _fromAbove.OfType<ChunkMessage>().Sum(chunk => chunk.Bytes.Length);

        internal BlobId Keep(byte[] bytes)
        {
            var id = BlobId.OfContents(bytes);
            Store.Begin(id, bytes.Length);
            Store.Append(id, bytes);
            Assert.True(Store.Finish(id));
            return id;
        }

        internal byte[] Read(BlobId id)
        {
            byte[] bytes = new byte[Store.LengthOf(id)!.Value];
            Assert.Equal(bytes.Length, Store.Read(id, 0, bytes));
            return bytes;
        }

        internal void Under(Station parent)
        {
            _parent = parent;
            parent._below.Add(_number, this);
            Relay.ParentFound(Up);
        }

        internal void Lose()
        {
            _parent!._below.Remove(_number);
            _parent.Relay.BranchLost(_number);
            _parent = null;
            _fromAbove.Clear();
            _toAbove.Clear();
            Relay.ParentLost();
        }

        internal bool Step()
        {
            bool any = _toAbove.TryDequeue(out TreeMessage? want);
            if (any)
                _parent!.Relay.ReceiveFromChild(_number, (WantMessage)want!);
            if (!_fromAbove.TryDequeue(out TreeMessage? message))
                return any;
            if (message is ChunkMessage chunk)
            {
                if (chunk.Offset == 0 && Spoils-- > 0)
                    message = chunk with { Bytes = Spoil(chunk.Bytes) };
                Taken += chunk.Bytes.Length;
                Has = chunk.Offset + chunk.Bytes.Length;
            }

            Relay.ReceiveFromParent(message);
            return true;
        }

        private static byte[] Spoil(ReadOnlyMemory<byte> bytes)
        {
            byte[] spoilt = bytes.ToArray();
            spoilt[0] ^= 1;
            return spoilt;
        }

        private void Send(long link, TreeMessage message)
        {
            if (link == Up)
            {
                _toAbove.Enqueue(message);
                return;
            }

            if (message is ChunkMessage chunk)
                Sent += chunk.Bytes.Length;
            _below[link]._fromAbove.Enqueue(message);
        }
    }
}
