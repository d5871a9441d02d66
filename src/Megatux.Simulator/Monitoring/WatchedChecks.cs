using Megatux.Model;
using Megatux.Pushmon;

namespace Megatux.Simulator;

/// <summary>What must hold of the samples of watched nodes, which come as they are: each once, as its node said it, and all of them when nothing goes wrong.</summary>
internal sealed class WatchedChecks(World world, MonitorBook book)
{
    private readonly HashSet<(long Number, TimeSpan Said)> _came = [];
    private readonly Dictionary<string, (uint Sequence, TimeSpan Said)> _last = [];

    internal void Check(PushMessage report, NodeSet watched, TimeSpan now)
    {
        foreach (WatchedSample sample in report.Raw)
            Check(sample, watched, now);
        if (!book.IsConfigured)
        {
            // What came from now on may leave something out.
            _last.Clear();
            return;
        }

        foreach (string name in watched.Intersect(world.Living()).Expand())
            if (_last.TryGetValue(name, out (uint, TimeSpan Said) last) && now - last.Said > book.OldestInPeace + book.Interval + MonitorBook.UnderwayInPeace)
                throw world.Violation($"{name}, which is watched, is heard of each interval", $"it was last {(now - last.Said).TotalSeconds} s ago");
    }

    private void Check(WatchedSample sample, NodeSet watched, TimeSpan now)
    {
        if (!world.Options.Nodes.All.Contains(sample.Node) || world.NumberOf(sample.Node) != sample.Number)
            throw world.Violation("watched nodes are those of the experiment", $"{sample.Node}, {sample.Number}, says something");
        if (SyntheticSample.Read(sample.Data) is not var (number, said) || number != sample.Number || said > now)
            throw world.Violation($"a sample of {sample.Node} is what it said", $"it is {sample}");
        if (!_came.Add((number, said)))
            throw world.Violation("a sample of a watched node comes once", $"that which {sample.Node} said at {said.TotalSeconds} s comes again");
        if (sample.Age > now - said)
            throw world.Violation($"a sample of {said.TotalSeconds} s is no older than it is", $"it is said to be {sample.Age.TotalSeconds} s old");
        if (book.IsConfigured)
            CheckExact(sample, said, watched, now);
    }

    private void CheckExact(WatchedSample sample, TimeSpan said, NodeSet watched, TimeSpan now)
    {
        if (!watched.Contains(sample.Node))
            throw world.Violation($"samples come of {watched}, which are watched", $"one of {sample.Node} does");
        if (now - said > book.OldestInPeace + MonitorBook.UnderwayInPeace || sample.Age + MonitorBook.UnderwayInPeace < now - said)
            throw world.Violation($"a sample of {said.TotalSeconds} s comes soon, with its age, when nothing goes wrong", $"it is said to be {sample.Age.TotalSeconds} s old");
        if (_last.TryGetValue(sample.Node, out (uint Sequence, TimeSpan) last) && sample.Sequence != last.Sequence + 1)
            throw world.Violation($"all samples of {sample.Node} come when nothing goes wrong", $"after sample {last.Sequence} comes {sample.Sequence}");
        _last[sample.Node] = (sample.Sequence, said);
    }
}
