namespace Megatux.Benchmarks;

/// <summary>Who runs a command on many machines.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Fleet">The process from which the machines' processes come.</param>
/// <param name="Run">Runs it on all of them, and throws when one did not.</param>
internal sealed record Contender(string Name, int Fleet, Action Run);

/// <summary>Has several run the same command in turns, ours first, and reports the time and processor time that it took.</summary>
internal sealed class CommandTurns
{
    /// <summary>What processes take to end that do so behind the command.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(300);

    private readonly Contender[] _contenders;
    private readonly (double Seconds, double Processor)[][] _costs;

    /// <summary>Runs them.</summary>
    /// <param name="rounds">How often each; of several, one more goes before and does not count.</param>
    /// <param name="contenders">Ours, and the others.</param>
    internal CommandTurns(int rounds, params Contender[] contenders)
    {
        _contenders = contenders;
        _costs = [.. contenders.Select(_ => new (double, double)[rounds])];
        for (int round = rounds == 1 ? 0 : -1; round < rounds; round++)
            for (int at = 0; at < contenders.Length; at++)
            {
                (double, double) cost = CostOf(contenders[at]);
                if (round >= 0)
                    _costs[at][round] = cost;
            }
    }

    /// <summary>Compares ours with each of the others.</summary>
    /// <param name="report">Where to.</param>
    /// <param name="what">What was run.</param>
    /// <param name="aim">The greatest ratio of times that is good enough.</param>
    internal void Compare(Report report, string what, double aim)
    {
        for (int at = 1; at < _contenders.Length; at++)
        {
            Add(at, what, cost => cost.Seconds, aim);
            Add(at, $"{what}, all processor time", cost => cost.Processor, null);
        }

        void Add(int at, string name, Func<(double Seconds, double Processor), double> of, double? most)
        {
            double[] ours = [.. _costs[0].Select(of)], theirs = [.. _costs[at].Select(of)];
            report.Add(new Comparison(name, _contenders[at].Name, Unit.Seconds, Distribution.Of(ours), Distribution.Of(theirs),
                Distribution.Of(ours.Zip(theirs, (one, other) => one / other)).Median, most));
        }
    }

    private static (double Seconds, double Processor) CostOf(Contender contender)
    {
        double before = Processor(contender.Fleet), seconds = new Job(contender.Run).Seconds();
        Thread.Sleep(Settling);
        return (seconds, Processor(contender.Fleet) - before);
    }

    private static double Processor(int fleet) => ProcessTree.Of(fleet).Processor + ProcessTree.ProcessorOfEnded();
}
