using System.Buffers;
using System.Text.Json;
using Megatux.Model;

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

    private static string SetOf(string host, NodeSupervision guests, NodeState state)
    {
        string runs = NumberRuns.Write(Enumerable.Range(0, guests.Count).Where(guest => guests.StateOf(guest) == state));
        return runs.Length == 0 ? "" : $"vm[{runs}].{host}";
    }
}
