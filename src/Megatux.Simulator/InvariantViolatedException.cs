using System.Globalization;

namespace Megatux.Simulator;

/// <summary>Something that must always hold did not. The seed, with the same nodes and faults, does it again.</summary>
public sealed class InvariantViolatedException : Exception
{
    internal InvariantViolatedException(SimulationOptions options, TimeSpan time, string expected, string found)
        : base(string.Create(CultureInfo.InvariantCulture,
            $"seed {options.Seed}, faults '{options.Faults.Name}', {options.Nodes.HostCount} hosts with {options.Nodes.GuestsPerHost} guests, at {time.TotalSeconds:0.000000} s: expected that {expected}; {found}.")) =>
        (Seed, Time) = (options.Seed, time);

    /// <summary>The seed that shows it.</summary>
    public int Seed { get; }

    /// <summary>When it happened, on the virtual clock.</summary>
    public TimeSpan Time { get; }
}
