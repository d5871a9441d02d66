namespace Megatux.Benchmarks;

/// <summary>The next guest costs what the first did, however many there are.</summary>
internal sealed class NextGuestRow : Row
{
    /// <summary>How many are started, one after the other, on top of those that are there.</summary>
    private const int Starts = 20;

    private const double Aim = 1.25;

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);
    private static readonly int[] Sizes = [10, 100, 500, 1000];

    internal override string Name => "guest-n-plus-1";

    internal override string About => "starting one more guest that is a container, until it has run a command, on a host of so many";

    internal override void Run(Report report, Workshop shop)
    {
        BootedExperiment experiment = shop.Containers;
        var costs = new List<Cost>();
        try
        {
            experiment.Boot($"vm[0-{Sizes[0] - 1}].h0");
            int started = Sizes[0];
            foreach (int size in Sizes)
            {
                experiment.Start(started, size - 1);
                costs.Add(Measure(experiment, size));
                started = size + Starts;
            }
        }
        finally
        {
            experiment.End();
        }

        Cost least = costs[0];
        for (int size = 1; size < Sizes.Length; size++)
        {
            string few = $"{Sizes[0]}", many = $"one more than {Sizes[size]}";
            report.Add(new Comparison(many, few, Unit.Seconds, costs[size].Seconds, least.Seconds, costs[size].Seconds.Median / least.Seconds.Median, Aim));
            report.Add(Ratio($"{many}, its host's processor time", few, costs[size].Host, least.Host));
            report.Add(Ratio($"{many}, all processor time", few, costs[size].All, least.All));
        }
    }

    private static Comparison Ratio(string what, string peer, double ours, double theirs) =>
        new(what, peer, Unit.Seconds, Distribution.Of([ours]), Distribution.Of([theirs]), ours / theirs, Aim);

    private static Cost Measure(BootedExperiment experiment, int first)
    {
        int host = experiment.HostAgents.Single();
        double hostBefore = ProcessTree.ProcessorOf(host), before = ProcessTree.Of(experiment.Root).Processor;
        double[] seconds = new double[Starts];
        for (int i = 0; i < Starts; i++)
        {
            string guest = $"vm{first + i}.h0";
            seconds[i] = new Job(() =>
            {
                long begin = Stopwatch.GetTimestamp();
                experiment.Ask($"reboot {guest}");

                // Asked too early, or of one that had to be started twice, it says nothing.
                while (!experiment.Ask($"exec {guest} echo yes").StartsWith("yes", StringComparison.Ordinal))
                    if (Stopwatch.GetElapsedTime(begin) > Deadline)
                        throw new TimeoutException($"{guest} does not answer");
            }).Seconds();
        }

        return new Cost(Distribution.Of(seconds), (ProcessTree.ProcessorOf(host) - hostBefore) / Starts, (ProcessTree.Of(experiment.Root).Processor - before) / Starts);
    }

    /// <summary>What one more guest takes: time, processor seconds of its host's agent, and of all processes.</summary>
    private readonly record struct Cost(Distribution Seconds, double Host, double All);
}
