using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

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
        var runs = new StringBuilder();
        for (int at = 0; at < guests.Count; at++)
        {
            if (guests.StateOf(at) != state)
                continue;
            int first = at;
            while (at + 1 < guests.Count && guests.StateOf(at + 1) == state)
                at++;
            runs.Append(runs.Length > 0 ? "," : "").Append(CultureInfo.InvariantCulture, $"{first}");
            if (at > first)
                runs.Append(CultureInfo.InvariantCulture, $"-{at}");
        }

        return runs.Length == 0 ? "" : $"vm[{runs}].{host}";
    }
}
