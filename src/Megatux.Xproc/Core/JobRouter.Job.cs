using Megatux.Model;

namespace Megatux.Xproc;

/// <content>What is known of a job.</content>
public sealed partial class JobRouter
{
    private sealed class Job
    {
        private readonly Dictionary<long, Part> _parts = [];

        /// <summary>Leaves are many, and one node each.</summary>
        private readonly Dictionary<long, LeafPart> _leaves = [];
        private RunMessage? _runOfLeaves;

        /// <summary>What came over a link since records last went up, of those with nodes that have not ended it: bytes, and of how many nodes.</summary>
        private readonly Dictionary<long, (int Bytes, long Nodes)> _heard = [];
        private int _openLeaves, _heardLeaves;

        /// <summary>Null while only what nodes say of it has come, and not yet what it is.</summary>
        internal RunMessage? Run { get; private set; }

        internal TimeSpan Started { get; private set; }

        internal NodeSet Target { get; private set; } = NodeSet.Empty;

        /// <summary>Nodes of this host that ended before they ended it.</summary>
        internal NodeSet Lost { get; set; } = NodeSet.Empty;

        internal FoldBuffer Fold { get; } = new();

        /// <summary>How many nodes below were told of it and have not ended it, for all that is known here.</summary>
        internal long Open { get; private set; }

        /// <summary>True when all from whom something may come have said something since records last went up: nobody is waited for.</summary>
        internal bool HasHeardAll => _heardLeaves == _openLeaves && HasHeardBranches();

        internal TimeSpan Hold { get; set; } = FirstHold;

        /// <summary>When the first of the records came that wait.</summary>
        internal TimeSpan Since { get; set; }

        internal TimeSpan Due { get; set; } = TimeSpan.MaxValue;

        internal TimeSpan Forget { get; set; } = TimeSpan.MaxValue;

        internal void Begin(RunMessage run, TimeSpan started) => (Run, Target, Started) = (run, run.Target, started);

        internal void Widen(NodeSet target, TimeSpan started) => (Target, Started) = (Target.Union(target), started < Started ? started : Started);

        /// <summary>What leaves are told: the same message for all of one time.</summary>
        internal RunMessage RunOfLeaves(RunMessage run, TimeSpan now) =>
            _runOfLeaves?.Age == now - Started ? _runOfLeaves : _runOfLeaves = run with { Target = NodeSet.Empty, Age = now - Started };

        /// <summary>The nodes that were told of it over a link.</summary>
        internal NodeSet ToldTo(long link) => _parts.TryGetValue(link, out Part part) ? part.Told : NodeSet.Empty;

        /// <summary>Nodes are told of it that were not.</summary>
        internal void Tell(long link, NodeSet nodes)
        {
            _parts.TryGetValue(link, out Part part);
            Set(link, part.Told?.Union(nodes) ?? nodes, part.Open?.Union(nodes) ?? nodes);
        }

        /// <summary>Something came over a link.</summary>
        /// <returns>Whether so much of it waits that the node may have to.</returns>
        internal bool Hear(long link, JobRecord record)
        {
            if (!IsOpen(link))
                return false;
            bool isFirst = !_heard.TryGetValue(link, out (int Bytes, long Nodes) before);
            _heard[link] = (before.Bytes + record.Bytes.Length, before.Nodes + (record.IsLast ? 0 : record.Nodes.Count));
            if (isFirst && _leaves.ContainsKey(link))
                _heardLeaves++;
            return before.Bytes + record.Bytes.Length >= JobLeaf.MostKept / 2;
        }

        // Of a branch, all nodes: what comes first from there may be of a few.
        private bool HasHeardBranches()
        {
            foreach ((long link, Part part) in _parts)
                if (!part.Open.IsEmpty && _heard.GetValueOrDefault(link).Nodes < part.Open.Count)
                    return false;
            return true;
        }

        private bool IsOpen(long link) =>
            _leaves.TryGetValue(link, out LeafPart leaf) ? leaf.IsOpen : _parts.TryGetValue(link, out Part part) && !part.Open.IsEmpty;

        /// <summary>All that came has gone up.</summary>
        internal void ListenAnew()
        {
            _heard.Clear();
            _heardLeaves = 0;
        }

        /// <summary>Nodes have ended it.</summary>
        internal void End(long link, NodeSet nodes)
        {
            if (_parts.TryGetValue(link, out Part part) && !part.Open.IsEmpty)
                Set(link, part.Told, part.Open.Except(nodes));
        }

        /// <summary>Nodes that have ended it are to be told again: whoever asks has not heard of that.</summary>
        internal void Retell(long link, NodeSet nodes)
        {
            if (_parts.TryGetValue(link, out Part part) && part.Told.Except(part.Open).Intersect(nodes) is { IsEmpty: false } ended)
                Set(link, part.Told.Except(ended), part.Open);
        }

        /// <summary>Of what was told over a link, only what is for nodes that are still there counts.</summary>
        internal void Untell(long link, NodeSet nodes)
        {
            if (_parts.TryGetValue(link, out Part part) && !nodes.Contains(part.Told))
                Set(link, part.Told.Intersect(nodes), part.Open.Intersect(nodes));
        }

        /// <summary>Tells a node of this host's, if it was not told.</summary>
        internal bool TellLeaf(long link)
        {
            LeafPart part = _leaves.GetValueOrDefault(link);
            if (!part.IsTold)
                SetLeaf(link, part with { IsTold = true, IsOpen = true });
            return !part.IsTold;
        }

        /// <summary>A node of this host's has ended it.</summary>
        internal void EndLeaf(long link)
        {
            if (_leaves.TryGetValue(link, out LeafPart part))
                SetLeaf(link, part with { IsOpen = false });
        }

        /// <summary>Whether a node of this host's ends it with this record: with the first such one, said again or not.</summary>
        internal bool EndsWith(long link, JobRecord record)
        {
            LeafPart part = _leaves.GetValueOrDefault(link);
            if (part.End is not { } first)
            {
                SetLeaf(link, part with { End = record });
                return true;
            }

            return first.Sequence == record.Sequence && first.Kind == record.Kind && first.Bytes.Span.SequenceEqual(record.Bytes.Span);
        }

        /// <summary>A node of this host's that has ended it is to be told again.</summary>
        internal void RetellLeaf(long link)
        {
            if (_leaves.TryGetValue(link, out LeafPart part) && !part.IsOpen)
                SetLeaf(link, part with { IsTold = false });
        }

        /// <summary>A node of this host's is gone.</summary>
        /// <returns>Whether it was told, and had not ended it.</returns>
        internal bool UntellLeaf(long link)
        {
            if (!_leaves.TryGetValue(link, out LeafPart part))
                return false;
            SetLeaf(link, part with { IsOpen = false });
            return _leaves.Remove(link) && part.IsOpen;
        }

        private void SetLeaf(long link, LeafPart part)
        {
            if (_leaves.TryGetValue(link, out LeafPart before) && before.IsOpen)
                (Open, _openLeaves) = (Open - 1, _openLeaves - 1);
            if (part.IsOpen)
                (Open, _openLeaves) = (Open + 1, _openLeaves + 1);
            else if (_heard.Remove(link))
                _heardLeaves--;
            _leaves[link] = part;
        }

        private void Set(long link, NodeSet told, NodeSet open)
        {
            if (_parts.TryGetValue(link, out Part before))
                Open -= before.Open.Count;
            Open += open.Count;
            if (open.IsEmpty)
                _heard.Remove(link);
            if (told.IsEmpty)
                _parts.Remove(link);
            else
                _parts[link] = new Part(told, open);
        }

        /// <summary>The part of a link: who was told, and who of those has not ended it.</summary>
        private readonly record struct Part(NodeSet Told, NodeSet Open);

        /// <summary>The part of a node of this host's: whether it was told and has not ended it, and what it ended it with.</summary>
        private readonly record struct LeafPart(bool IsTold, bool IsOpen, JobRecord? End);
    }
}
