using Megatux.Model;
using Megatux.Sexp;
using Megatux.Tree;

namespace Megatux.Pushmon;

/// <content>What was pushed here, and what all of it comes to.</content>
public sealed partial class MonitorDaemon
{
    /// <summary>The most bytes of samples as they are in one push.</summary>
    private const int MostRawBytes = 128 << 10;

    /// <summary>The name under which it is counted what is wrong with samples themselves.</summary>
    private const string SampleProblems = "samples";

    private readonly Dictionary<long, TakenPush> _pushes = [];
    private readonly Queue<(WatchedSample Sample, TimeSpan At)> _raw = [];
    private readonly List<Reducer> _reducers = [];
    private ConfigurationMessage _configuration = new(0, NodeSet.Empty, [(Reduction.Nodes.Name, Reduction.Nodes.Text)]);
    private int _rawBytes;

    /// <summary>What is to be pushed, here and below.</summary>
    public ConfigurationMessage Configuration => _configuration;

    /// <summary>At the root: pushes are to be so from now on. What is wrong with a program was found before.</summary>
    public void Configure(NodeSet raw, IReadOnlyList<(string Name, string Text)> reductions) =>
        Use(new ConfigurationMessage(_configuration.Version + 1, raw, reductions));

    private void Take(ConfigurationMessage configuration)
    {
        if (configuration.Version > _configuration.Version)
            Use(configuration);
    }

    private void Use(ConfigurationMessage configuration)
    {
        _configuration = configuration;
        var known = _reducers.ToDictionary(reducer => (reducer.Reduction.Name, reducer.Reduction.Text));
        _reducers.Clear();
        foreach ((string name, string text) in configuration.Reductions)
            _reducers.Add(known.TryGetValue((name, text), out Reducer? same) ? same : new Reducer(Reduction.Compile(name, text)));
        foreach (Leaf leaf in _leaves.Values)
            leaf.IsWatched = configuration.Raw.Contains(leaf.Name);
    }

    private void TakePush(long link, PushMessage push, TimeSpan now)
    {
        _effects.Send(link, new PushedMessage(push.Sequence));

        // A root that was started again knows nothing of what those before it said, and its clock may have been set back since.
        if (_sink is not null && push.Configuration > _configuration.Version)
            _configuration = _configuration with { Version = push.Configuration + 1 };
        if (push.Configuration < _configuration.Version)
            _effects.Send(link, _configuration);
        foreach ((long other, TakenPush before) in _pushes)
            if (other != link && before.Push.Coverage.Overlaps(push.Coverage))
                _pushes.Remove(other);
        _pushes[link] = new TakenPush(push, now);
        foreach (WatchedSample sample in push.Raw)
            AddRaw(sample, now);
    }

    private PushMessage Reduce(TimeSpan now, bool keepsNews = false)
    {
        var coverage = new RankSet();
        long contributors = 0, dropped = _dropped;
        (TimeSpan Oldest, TimeSpan Newest) ages = (TimeSpan.Zero, TimeSpan.MaxValue);
        var wrong = new ReductionProblems();
        foreach (Reducer reducer in _reducers)
            reducer.Begin();
        foreach (Leaf leaf in _leaves.Values)
        {
            if (leaf.Sample is null || leaf.At + Stale < now || !IsRead(leaf, ref wrong))
                continue;
            contributors++;
            Note(now - leaf.At, now - leaf.At);
            foreach (Reducer reducer in _reducers)
                reducer.Add(leaf.Name, leaf.ReadSchema, leaf.Sample.Data.Span);
            if (!keepsNews && leaf is { IsWatched: true, IsNews: true })
                AddRaw(new WatchedSample(leaf.Name, leaf.Number, TimeSpan.Zero, leaf.Sample.Sequence, leaf.Dropped, leaf.Schema, leaf.Sample.Data), leaf.At);
            leaf.IsNews &= keepsNews;
        }

        if (contributors > 0)
            coverage.Add(RankSet.Of(_rank));
        foreach (TakenPush taken in _pushes.Values)
        {
            coverage.Add(taken.Push.Coverage);
            contributors += taken.Push.Contributors;
            dropped += taken.Push.Dropped;
            if (taken.Push.Contributors > 0)
                Note(taken.Push.Ages.Oldest + (now - taken.At), taken.Push.Ages.Newest + (now - taken.At));
            Merge(taken.Push, ref wrong);
        }

        return new PushMessage
        {
            Sequence = 0,
            Rank = _rank,
            Configuration = _configuration.Version,
            Coverage = coverage,
            Contributors = contributors,
            Ages = contributors > 0 ? ages : default,
            Dropped = dropped,
            Parts = Parts(wrong),
            Raw = TakeRaw(now, keepsNews),
        };

        void Note(TimeSpan oldest, TimeSpan newest) =>
            ages = (oldest > ages.Oldest ? oldest : ages.Oldest, newest < ages.Newest ? newest : ages.Newest);
    }

    private bool IsRead(Leaf leaf, ref ReductionProblems wrong)
    {
        if (leaf.IsRead)
            return true;
        try
        {
            if (leaf.ReadSchema is null && !leaf.Schema.IsEmpty)
                leaf.ReadSchema = SchemaOf(leaf.Schema.Span);
            ReadList(leaf.Sample!.Data.Span);
            return leaf.IsRead = true;
        }
        catch (SexpException garbage)
        {
            wrong = wrong.With($"{leaf.Name}: {garbage.Message}");
            return false;
        }
    }

    // Reductions read it once more, each its own way; what all need is that it is one list.
    private static void ReadList(ReadOnlySpan<byte> data)
    {
        var reader = new SexpReader(data, Limits);
        bool isOver = false;
        while (reader.Read())
        {
            if (isOver || (reader.IsAtEndOfDatum && reader.Token != SexpToken.ListEnd))
                throw new SexpException(SexpFault.Malformed, "expected one list, found more or something else", reader.Position);
            isOver = reader.IsAtEndOfDatum;
        }
    }

    private void Merge(PushMessage push, ref ReductionProblems wrong)
    {
        foreach (ReducedPart part in push.Parts)
        {
            if (part.Name == SampleProblems)
                wrong = wrong.With(part.Problem, part.Problems);
            else if (push.Configuration == _configuration.Version && _reducers.Find(reducer => reducer.Reduction.Name == part.Name) is { } reducer)
                reducer.Merge(part.Result.Span, new ReductionProblems(part.Problems, part.Problem));
        }
    }

    private List<ReducedPart> Parts(ReductionProblems wrong)
    {
        var parts = new List<ReducedPart>();
        foreach (Reducer reducer in _reducers)
        {
            byte[] result = reducer.End();
            parts.Add(new ReducedPart(reducer.Reduction.Name, result, reducer.Problems.Count, reducer.Problems.First ?? ""));
        }

        if (wrong.Count > 0)
            parts.Add(new ReducedPart(SampleProblems, default, wrong.Count, wrong.First!));
        return parts;
    }

    private void AddRaw(WatchedSample sample, TimeSpan at)
    {
        _raw.Enqueue((sample, at));
        _rawBytes += SizeOf(sample);
        while (_rawBytes > MostRawBytes && _raw.TryDequeue(out (WatchedSample Sample, TimeSpan) oldest))
        {
            _rawBytes -= SizeOf(oldest.Sample);
            _dropped++;
        }
    }

    private List<WatchedSample> TakeRaw(TimeSpan now, bool keepsNews)
    {
        if (keepsNews)
            return [];
        List<WatchedSample> raw = [.. _raw.Select(kept => kept.Sample with { Age = kept.Sample.Age + (now - kept.At) })];
        _raw.Clear();
        _rawBytes = 0;
        return raw;
    }

    private static int SizeOf(WatchedSample sample) => sample.Schema.Length + sample.Data.Length + sample.Node.Length + 64;

    private sealed record TakenPush(PushMessage Push, TimeSpan At);
}
