using System.Buffers;
using System.Text.Json;
using Megatux.Model;

namespace Megatux.HostAgent;

/// <summary>How all nodes are: what hosts said of their guests, put together by the states that they named.</summary>
internal static class ExperimentStatus
{
    /// <summary>The status in JSON.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="hosts">Each host's state, by its rank.</param>
    /// <param name="hostFailures">How many times hosts ended without being told to.</param>
    /// <param name="reasons">Why hosts could not do their work.</param>
    /// <param name="answers">What hosts that are up said: <see cref="HostStatus"/>. A host whose guests lie is not believed more than it can hold.</param>
    internal static byte[] Write(Experiment experiment, IReadOnlyList<NodeState> hosts, long hostFailures, IReadOnlyList<(NodeSet Hosts, string Text)> reasons, IReadOnlyList<byte[]> answers)
    {
        long failures = 0, churned = 0, memory = 0;
        var guests = new Dictionary<string, NodeSet>(StringComparer.Ordinal);
        foreach (byte[] answer in answers)
        {
            using JsonDocument document = JsonDocument.Parse(answer);
            failures += document.RootElement.GetProperty("failures").GetInt64();
            churned += document.RootElement.GetProperty("churned").GetInt64();
            memory += document.RootElement.GetProperty("memory").GetInt64();
            foreach ((_, string state) in StateNames.All)
                if (document.RootElement.TryGetProperty(state, out JsonElement set) && NodeSet.TryParse(set.GetString()!, out NodeSet? nodes, out _))
                    guests[state] = guests.TryGetValue(state, out NodeSet? known) ? known.Union(nodes) : nodes;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("experiment", experiment.Name);
            json.WriteStartObject("hosts");
            ILookup<NodeState, NodeSet> named = hosts.Select((state, host) => (state, host)).ToLookup(pair => pair.state, pair => NodeSet.Parse(experiment.HostName(pair.host)));
            foreach ((NodeState state, string name) in StateNames.All)
                if (named.Contains(state))
                    json.WriteString(name, NodeSet.UnionOf(named[state]).ToString());

            json.WriteEndObject();
            json.WriteStartObject("guests");
            foreach ((_, string state) in StateNames.All)
                if (guests.TryGetValue(state, out NodeSet? nodes))
                    json.WriteString(state, nodes.ToString());
            json.WriteEndObject();
            json.WriteNumber("failures", failures);
            json.WriteNumber("hostFailures", hostFailures);
            json.WriteNumber("churned", churned);
            json.WriteNumber("memory", memory);
            json.WriteStartArray("reasons");
            foreach ((NodeSet failed, string text) in reasons)
            {
                json.WriteStartObject();
                json.WriteString("hosts", failed.ToString());
                json.WriteString("text", text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
