using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Megatux.Agents;
using Megatux.Model;

namespace Megatux.HostAgent;

/// <summary>What churn has done to all guests: what hosts said of theirs, put together.</summary>
internal static class ExperimentChurn
{
    /// <summary>How many groups hosts are told of in, by how many reboots they had.</summary>
    private const int MostGroups = 10;

    /// <summary>In JSON: the rate and seed, how many reboots on which hosts, and the last of all.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="setting">Rate and seed that count now.</param>
    /// <param name="answers">What hosts that are up said: <see cref="HostChurn"/>.</param>
    internal static byte[] Write(Experiment experiment, ChurnSetting setting, IReadOnlyList<byte[]> answers)
    {
        var counts = new List<(long Count, NodeSet Host)>();
        var last = new List<(long At, string Guest)>();
        foreach (byte[] answer in answers)
        {
            using JsonDocument document = JsonDocument.Parse(answer);
            string host = document.RootElement.GetProperty("host").GetString()!;
            counts.Add((document.RootElement.GetProperty("count").GetInt64(), NodeSet.Parse(host)));
            foreach (JsonElement one in document.RootElement.GetProperty("last").EnumerateArray())
                last.Add((one.GetProperty("at").GetInt64(), string.Create(CultureInfo.InvariantCulture, $"vm{one.GetProperty("guest").GetInt32()}.{host}")));
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("experiment", experiment.Name);
            json.WriteNumber("perWeek", setting.Rate);
            json.WriteNumber("seed", setting.Seed);
            json.WriteNumber("guests", experiment.GuestCount);
            json.WriteNumber("count", counts.Sum(host => host.Count));
            Write(json, counts);
            json.WriteStartArray("last");
            foreach ((long at, string guest) in last.OrderBy(one => one.At).TakeLast(Churn.MostRemembered))
            {
                json.WriteStartObject();
                json.WriteString("at", DateTimeOffset.FromUnixTimeMilliseconds(at));
                json.WriteString("guest", guest);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    // By the number itself where few numbers occur, else by ranges of numbers.
    private static void Write(Utf8JsonWriter json, List<(long Count, NodeSet Host)> counts)
    {
        bool few = counts.DistinctBy(host => host.Count).Count() <= MostGroups;
        long least = counts.Count > 0 ? counts.Min(host => host.Count) : 0, most = counts.Count > 0 ? counts.Max(host => host.Count) : 0;
        long width = few ? 1 : ((most - least) / MostGroups) + 1;
        json.WriteStartArray("hosts");
        foreach (IGrouping<long, NodeSet> group in counts.GroupBy(host => (host.Count - least) / width, host => host.Host).OrderBy(group => group.Key))
        {
            json.WriteStartObject();
            json.WriteNumber("from", least + (group.Key * width));
            json.WriteNumber("to", least + ((group.Key + 1) * width) - 1);
            json.WriteString("nodes", NodeSet.UnionOf(group).ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
