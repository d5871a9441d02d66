using System.Buffers;
using System.Text.Json;
using Megatux.Model;
using Megatux.Tree;

namespace Megatux.HostAgent;

/// <summary>How a host's guests are, as node sets: a host of a thousand guests that are all up says so in a few words.</summary>
internal static class HostStatus
{
    /// <summary>The status in JSON: a node set for each state that there is, what has failed, what it all takes.</summary>
    /// <param name="host">The host's name.</param>
    /// <param name="guests">Its guests' states.</param>
    /// <param name="churned">How many times churn rebooted guests.</param>
    /// <param name="memory">Memory that the guests take, in bytes.</param>
    internal static byte[] Write(string host, NodeSupervision guests, long churned, long memory)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("host", host);
            foreach ((NodeState state, string name) in StateNames.All)
                if (SetOf(host, guests, state) is { Length: > 0 } set)
                    json.WriteString(name, set);
            json.WriteNumber("failures", guests.Failures);
            json.WriteNumber("churned", churned);
            json.WriteNumber("memory", memory);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The same of all hosts, by what the tree's root knows of their guests.</summary>
    internal static byte[] Write(Experiment experiment, NodeStates states)
    {
        NodeSet guests = experiment.Guests;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach ((NodeState state, string name) in StateNames.All)
                if (Of(states, state) is { } nodes && nodes.Intersect(guests) is { IsEmpty: false } set)
                    json.WriteString(name, set.ToString());
            if (guests.Except(states.Up).Except(states.Boot).Except(states.Error) is { IsEmpty: false } down)
                json.WriteString(StateNames.Of(NodeState.Down), down.ToString());
            json.WriteNumber("failures", 0);
            json.WriteNumber("churned", 0);
            json.WriteNumber("memory", 0);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static NodeSet? Of(NodeStates states, NodeState state) => state switch
    {
        NodeState.Up => states.Up,
        NodeState.Booting => states.Boot,
        NodeState.Failed => states.Error,
        _ => null,
    };

    private static string SetOf(string host, NodeSupervision guests, NodeState state)
    {
        string runs = NumberRuns.Write(Enumerable.Range(0, guests.Count).Where(guest => guests.StateOf(guest) == state));
        return runs.Length == 0 ? "" : $"vm[{runs}].{host}";
    }
}
