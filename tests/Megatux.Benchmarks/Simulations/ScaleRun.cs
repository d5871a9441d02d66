using System.Globalization;
using Megatux.Testing;

namespace Megatux.Benchmarks;

/// <summary>What a run of the simulator found, in the order in which <see cref="SimulateVerb"/> prints it: times in seconds, memory in bytes.</summary>
/// <param name="FormationMessages">The most messages at one daemon until all nodes were up.</param>
/// <param name="CommandMessages">The same, of one command on all of them.</param>
/// <param name="Depth">How many links the lowest daemon is from the root.</param>
/// <param name="MostChildren">The most children of a daemon.</param>
/// <param name="LongestQueue">The most bytes that waited in a link.</param>
/// <param name="Overflows">How many links were closed because too much waited.</param>
/// <param name="Formation">Until all nodes were up, on the virtual clock.</param>
/// <param name="Healed">From the loss of the secondary master with the most children until all were back, on the virtual clock.</param>
/// <param name="Command">How long the command took, on the virtual clock.</param>
/// <param name="Answered">How many nodes it ended on.</param>
/// <param name="FormationTook">How long the formation took here.</param>
/// <param name="CommandTook">How long the command took here.</param>
/// <param name="Memory">The most that the process had resident.</param>
internal sealed record ScaleRun(
    double FormationMessages, double CommandMessages, double Depth, double MostChildren, double LongestQueue, double Overflows, double Formation,
    double Healed, double Command, double Answered, double FormationTook, double CommandTook, double Memory)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(30);

    /// <summary>What keeps the process from taking more memory than it has to for a little time.</summary>
    private static readonly Dictionary<string, string?> Sparing = new() { ["DOTNET_gcConcurrent"] = "0", ["DOTNET_GCgen0size"] = "0x10000000" };

    internal static ScaleRun Of(long hosts, int guests)
    {
        string[] words = [SimulateVerb.Word, hosts.ToString(CultureInfo.InvariantCulture), guests.ToString(CultureInfo.InvariantCulture)];
        string output = Testing.Command.Run(Environment.ProcessPath!, words, deadline: Deadline, environment: Sparing).Succeeded().Output;
        double[] values = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
        return new ScaleRun(
            values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7], values[8], values[9], values[10], values[11], values[12]);
    }
}
