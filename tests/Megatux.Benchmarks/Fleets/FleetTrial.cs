namespace Megatux.Benchmarks;

/// <summary>What bringing a fleet up took.</summary>
/// <param name="Seconds">Until all of it was up.</param>
/// <param name="Processor">Processor seconds until then, of all its processes and those that started it.</param>
/// <param name="Memory">Bytes in memory once it was up: <see cref="ProcessTree.Memory"/>, and files on a tmpfs.</param>
/// <param name="Missing">By how many bytes less of this machine's memory was available then; whatever else runs counts.</param>
internal readonly record struct FleetTrial(double Seconds, double Processor, double Memory, double Missing)
{
    /// <summary>What freed memory takes to be given back.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    /// <summary>Brings a fleet up, looks at it, and ends it.</summary>
    internal static FleetTrial Of(IFleet fleet)
    {
        long available = Machine.AvailableBytes();
        try
        {
            long start = Stopwatch.GetTimestamp();
            double commands = fleet.BringUp();
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            double processor = commands + ProcessTree.Of(fleet.Root).Processor;
            Thread.Sleep(Settling);
            return new FleetTrial(seconds, processor, ProcessTree.Of(fleet.Root).Memory + fleet.FilesInMemory(), available - Machine.AvailableBytes());
        }
        finally
        {
            fleet.End();
        }
    }
}
