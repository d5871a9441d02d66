using System.Buffers;
using System.Text.Json;

namespace Megatux.HostAgent;

/// <summary>What churn has done to a host's guests.</summary>
internal static class HostChurn
{
    /// <summary>In JSON: how many reboots, and the last of them with their times in milliseconds since 1970.</summary>
    internal static byte[] Write(string host, Churn churn)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("host", host);
            json.WriteNumber("count", churn.Count);
            json.WriteStartArray("last");
            foreach ((DateTimeOffset at, int guest) in churn.Last)
            {
                json.WriteStartObject();
                json.WriteNumber("at", at.ToUnixTimeMilliseconds());
                json.WriteNumber("guest", guest);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
