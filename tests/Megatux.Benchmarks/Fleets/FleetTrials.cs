namespace Megatux.Benchmarks;

/// <summary>Brings fleets up in turns, and reports what each machine of theirs took.</summary>
internal sealed class FleetTrials(Report report, int machines, params IFleet[] fleets)
{
    private readonly List<FleetTrial>[] _trials = [.. fleets.Select(_ => new List<FleetTrial>())];

    /// <summary>Brings each of them up, one after the other, so many times.</summary>
    internal FleetTrials Run(int rounds)
    {
        for (int round = 0; round < rounds; round++)
            for (int fleet = 0; fleet < fleets.Length; fleet++)
                _trials[fleet].Add(FleetTrial.Of(fleets[fleet]));
        return this;
    }

    /// <summary>Compares the first fleet with another: time for all, processor time and memory a machine.</summary>
    /// <param name="fleet">The other's number.</param>
    /// <param name="peer">What it is called.</param>
    /// <param name="aim">The greatest ratio of times that is good enough.</param>
    /// <param name="memoryAim">The same of memory.</param>
    internal void Compare(int fleet, string peer, double? aim, double? memoryAim)
    {
        Add($"{machines} up", Unit.Seconds, trial => trial.Seconds, aim);
        Add("processor time each", Unit.Seconds, trial => trial.Processor / machines, null);
        Add("memory each", Unit.Bytes, trial => trial.Memory / machines, memoryAim);
        Add("memory of this machine that is missing, each", Unit.Bytes, trial => trial.Missing / machines, null);

        void Add(string what, Unit unit, Func<FleetTrial, double> of, double? aim)
        {
            double[] ours = [.. _trials[0].Select(of)], theirs = [.. _trials[fleet].Select(of)];
            report.Add(new Comparison(what, peer, unit, Distribution.Of(ours), Distribution.Of(theirs),
                Distribution.Of(ours.Zip(theirs, (one, other) => one / other)).Median, aim));
        }
    }

    /// <summary>Compares the first fleet with what is wanted of it.</summary>
    /// <param name="seconds">Until all are up.</param>
    /// <param name="memory">Bytes each; null when nothing is wanted.</param>
    internal void CompareWithLimits(double seconds, long? memory)
    {
        report.Add(Comparison.WithLimit($"{machines} up", Unit.Seconds, _trials[0].Select(trial => trial.Seconds), seconds));
        if (memory is { } bytes)
            report.Add(Comparison.WithLimit("memory each", Unit.Bytes, _trials[0].Select(trial => trial.Memory / machines), bytes));
        report.Note($"processor time each {Unit.Seconds.Of(Distribution.Of(_trials[0].Select(trial => trial.Processor / machines)))}, "
            + $"memory of this machine that is missing, each {Unit.Bytes.Of(Distribution.Of(_trials[0].Select(trial => trial.Missing / machines)))}");
    }
}
