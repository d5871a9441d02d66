using Megatux.Model;
using Megatux.Pushmon;

namespace Megatux.Simulator;

/// <summary>What must hold of every report at the root, whatever goes wrong, and of those that come when nothing has gone wrong for some time.</summary>
internal sealed class MonitorChecks(World world, MonitorBook book)
{
    private readonly WatchedChecks _watched = new(world, book);

    /// <summary>What was dropped until the last report, if that was to be exact.</summary>
    private long? _dropped;

    internal long Reports { get; private set; }

    /// <summary>How many were to have exactly the nodes that live.</summary>
    internal long Exact { get; private set; }

    internal TimeSpan WorstAge { get; private set; }

    internal TimeSpan WorstExactAge { get; private set; }

    internal void Check(PushMessage report, TimeSpan now)
    {
        Reports++;
        world.Trace((ulong)report.Contributors, (ulong)report.Dropped, (ulong)report.Ages.Oldest.Ticks);
        world.Log(() => $"a report of {report.Contributors} nodes, {report.Ages.Oldest.TotalSeconds} s old at most, {report.Dropped} dropped");
        CheckCounts(report);
        VirtualDaemon root = world.Root.Daemon!;
        IReadOnlyList<(string Name, string Text)> asked = root.Monitor!.Configuration.Reductions;
        if (!report.Parts.Select(part => part.Name).SequenceEqual(asked.Select(program => program.Name)))
            throw world.Violation($"a report has the programs that it is asked for, {string.Join(", ", asked.Select(program => program.Name))}", $"it has {string.Join(", ", report.Parts.Select(part => part.Name))}");
        TimeSpan late = root.Lateness!.Most(now);
        foreach (ReducedPart part in report.Parts)
            if (book.Settings.VersionOf(part.Name) is { } version)
                Check(part, version, report, late, now);
        _watched.Check(report, root.Monitor.Configuration.Raw, now);
        if (book.IsSettled)
            CheckExact(report, now);
        else
            _dropped = null;
    }

    private void CheckCounts(PushMessage report)
    {
        if (report.Contributors < 0 || report.Contributors > world.Options.Nodes.Count)
            throw world.Violation($"no more than the {world.Options.Nodes.Count} nodes there are is in a report", $"{report.Contributors} are");
        if (report.Dropped < 0 || report.Dropped > book.Samples)
            throw world.Violation($"no more is dropped than the {book.Samples} samples that nodes said", $"{report.Dropped} are");
        if (report.Ages.Oldest < report.Ages.Newest || report.Ages.Oldest > book.OldestEver)
            throw world.Violation($"what is older than {book.OldestEver.TotalSeconds} s is in no report", $"samples are said to be {report.Ages.Newest.TotalSeconds} to {report.Ages.Oldest.TotalSeconds} s old");
    }

    // Every node is in the aggregates once, with a number of its own: whatever is doubled, left out of one alone or made up shows in one of the sums.
    private void Check(ReducedPart part, int version, PushMessage report, TimeSpan late, TimeSpan now)
    {
        if (part.Problems > 0)
            throw world.Violation($"nothing is wrong with {part.Name}", part.Problem);
        Reduced found = Reduced.Read(part.Result);
        if (found.Version is { } versions && (versions.Least != version || versions.Greatest != version))
            throw world.Violation($"{part.Name} is what its version {version} came to", $"it has something of versions {versions.Least} to {versions.Greatest}");
        long count = found.Version?.Count ?? 0;
        if (count > report.Contributors || found.Count > count)
            throw world.Violation($"{part.Name} has no more than the {report.Contributors} nodes of the report", $"it has {count}, and samples of {found.Count}");
        if (found.Who is { } who)
            CheckNames(part.Name, who, count, found);

        // One whose schema the daemon does not have yet counts, but says nothing.
        if (found.Count < count || count == 0)
            return;
        if (found is not { One: { Sum: var ones, Least: 1, Greatest: 1 }, Number: { } number, Time: { } time } || ones != count || number.Count != count || time.Count != count)
            throw world.Violation($"each of {count} nodes says one of everything", $"{part.Name} is {part.Result.Length} bytes with {found}");
        if (count == report.Contributors)
            CheckAges(report, TimeSpan.FromTicks((long)time.Least), TimeSpan.FromTicks((long)time.Greatest), late, now);
    }

    private void CheckNames(string program, GroupValue who, long count, Reduced found)
    {
        if (found.Nodes is not { } nodes || who.Others > 0 || nodes.Count != count)
            throw world.Violation($"{program} counts each node once", $"{count} were counted, and they are {string.Join(" and ", who.Groups.Select(group => group.Nodes))}");
        if (nodes.Except(world.Options.Nodes.All) is { IsEmpty: false } strangers)
            throw world.Violation("only nodes of the experiment are in a report", $"{strangers} are");
        if (found.Count < count)
            return;
        (double sum, double squares) = (0, 0);
        foreach (string name in nodes.Expand())
        {
            double number = world.NumberOf(name);
            (sum, squares) = (sum + number, squares + number * number);
        }

        if (found.Number is not { } numbers || numbers.Sum != sum || numbers.SumOfSquares != squares)
            throw world.Violation($"the numbers of {nodes}, which {program} has, come to {sum}, and their squares to {squares}", $"it has {found.Number}");
    }

    // A daemon knows how long it has had something, and not how long that was under way.
    private void CheckAges(PushMessage report, TimeSpan first, TimeSpan last, TimeSpan late, TimeSpan now)
    {
        (TimeSpan oldest, TimeSpan newest) = (now - first, now - last);
        WorstAge = oldest > WorstAge ? oldest : WorstAge;
        if (newest < TimeSpan.Zero || oldest > book.OldestEver + late)
            throw world.Violation($"samples are no older than {book.OldestEver.TotalSeconds} s, and {late.TotalSeconds} s that they may have been under way", $"they are {newest.TotalSeconds} to {oldest.TotalSeconds} s old");
        if (report.Ages.Oldest > oldest || report.Ages.Oldest + late < oldest || report.Ages.Newest > newest || report.Ages.Newest + late < newest)
            throw world.Violation($"ages are told as they are, {newest.TotalSeconds} to {oldest.TotalSeconds} s, but for {late.TotalSeconds} s under way", $"they are said to be {report.Ages.Newest.TotalSeconds} to {report.Ages.Oldest.TotalSeconds} s");
        if (!book.IsSettled)
            return;
        WorstExactAge = oldest > WorstExactAge ? oldest : WorstExactAge;
        if (oldest > book.OldestInPeace + MonitorBook.UnderwayInPeace)
            throw world.Violation($"samples are no older than {book.OldestInPeace.TotalSeconds} s when nothing goes wrong", $"one is {oldest.TotalSeconds} s old");
    }

    private void CheckExact(PushMessage report, TimeSpan now)
    {
        Exact++;
        if (report.Contributors != world.UpCount)
            throw world.Violation($"a report has exactly the {world.UpCount} nodes that live {book.SettleTime.TotalSeconds} s after the last fault", $"it has {report.Contributors}{WhoIsNot(report)}");
        if (_dropped is { } before && report.Dropped != before)
            throw world.Violation("nothing is dropped when nothing goes wrong", $"{report.Dropped - before} more are");
        _dropped = report.Dropped;
        if (!book.IsConfigured)
            return;
        foreach (ReducedPart part in report.Parts)
        {
            Reduced found = Reduced.Read(part.Result);
            if (found.Count != report.Contributors)
                throw world.Violation($"{part.Name} has reached all {report.Contributors} nodes {book.SettleTime.TotalSeconds} s after it was put in", $"{found.Count} go by it");
            if (found.Nodes is { } nodes && !nodes.Equals(world.Living()))
                throw world.Violation($"a report has exactly those that live, {world.Living()}", $"it has {nodes}");
        }
    }

    private string WhoIsNot(PushMessage report)
    {
        foreach (ReducedPart part in report.Parts)
            if (Reduced.Read(part.Result).Nodes is { } nodes)
                return $"; {world.Living().Except(nodes)} are not in it, and {nodes.Except(world.Living())} are";
        return "";
    }
}
