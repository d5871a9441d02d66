using System.Text.Json;
using Megatux.Agents;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>How the nodes of an experiment are: a node set for each state that there is.</summary>
internal sealed class ExperimentStatus
{
    private readonly Dictionary<string, NodeSet> _hosts, _guests;

    private ExperimentStatus(byte[] json)
    {
        Json = json;
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        _hosts = Sets(root.GetProperty("hosts"));
        _guests = Sets(root.GetProperty("guests"));
        Failures = root.GetProperty("failures").GetInt64();
        HostFailures = root.GetProperty("hostFailures").GetInt64();
        Churned = root.GetProperty("churned").GetInt64();
        Memory = root.GetProperty("memory").GetInt64();
        Reasons = [.. root.GetProperty("reasons").EnumerateArray()
            .Select(reason => $"{reason.GetProperty("hosts").GetString()}: {ConsoleText.Printable(reason.GetProperty("text").GetString()!)}")];
    }

    /// <summary>As the front-end wrote it.</summary>
    internal ReadOnlyMemory<byte> Json { get; }

    /// <summary>How many times guests ended without being told to.</summary>
    internal long Failures { get; }

    /// <summary>How many times hosts ended without being told to, with all of their guests.</summary>
    internal long HostFailures { get; }

    /// <summary>How many times churn rebooted guests.</summary>
    internal long Churned { get; }

    /// <summary>Memory that the guests take, in bytes.</summary>
    internal long Memory { get; }

    /// <summary>Hosts that could not do their work, and why; a line for those with the same reason.</summary>
    internal IReadOnlyList<string> Reasons { get; }

    /// <summary>The states that there are.</summary>
    internal IEnumerable<string> States => _hosts.Keys.Union(_guests.Keys);

    /// <summary>Asks an experiment.</summary>
    internal static ExperimentStatus Of(RunningExperiment running) => new(running.Ask(Verbs.Status));

    /// <summary>The same without <see cref="Memory"/>, which costs a host of many guests far more than all the rest.</summary>
    internal static ExperimentStatus WithoutMemory(RunningExperiment running) => new(running.Ask(Verbs.States));

    /// <summary>The hosts in a state.</summary>
    internal NodeSet Hosts(string state) => _hosts.GetValueOrDefault(state, NodeSet.Empty);

    /// <summary>The guests in a state.</summary>
    internal NodeSet Guests(string state) => _guests.GetValueOrDefault(state, NodeSet.Empty);

    private static Dictionary<string, NodeSet> Sets(JsonElement states) =>
        states.EnumerateObject().ToDictionary(state => state.Name, state => NodeSet.Parse(state.Value.GetString()!), StringComparer.Ordinal);
}
