using System.Globalization;
using System.Text;
using System.Text.Json;
using Megatux.Agents;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>What churn does and has done to an experiment's guests.</summary>
internal sealed class ChurnReport
{
    private readonly JsonElement _root;

    private ChurnReport(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        _root = document.RootElement.Clone();
        Json = json;
        Setting = new ChurnSetting(_root.GetProperty("perWeek").GetDecimal(), _root.GetProperty("seed").GetInt32());
    }

    /// <summary>As the front-end wrote it.</summary>
    internal ReadOnlyMemory<byte> Json { get; }

    /// <summary>The rate and seed that count now.</summary>
    internal ChurnSetting Setting { get; }

    /// <summary>Asks an experiment, or tells it what counts from now on.</summary>
    internal static ChurnReport Of(RunningExperiment running, ChurnSetting? change = null) =>
        new(running.Ask(change is null ? Verbs.Churn : $"{Verbs.Churn} {change}"));

    /// <summary>The report for people.</summary>
    internal void Write(TextWriter output)
    {
        long guests = _root.GetProperty("guests").GetInt64();
        decimal perDay = ChurnRate.PerDay(Setting.Rate, guests);
        output.WriteLine(perDay == 0 ? "No guest reboots by itself." : string.Create(CultureInfo.InvariantCulture,
            $"{Setting.Rate:0.####} of {guests} guests reboot a week: {perDay:0.##} reboots a day are to be expected, one every {Gap(perDay)}. The seed is {Setting.Seed}."));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_root.GetProperty("count").GetInt64()} reboots so far."));
        if (_root.GetProperty("count").GetInt64() == 0)
            return;
        output.WriteLine($"{"REBOOTS",-12} HOSTS");
        foreach (JsonElement group in _root.GetProperty("hosts").EnumerateArray())
        {
            long from = group.GetProperty("from").GetInt64(), to = group.GetProperty("to").GetInt64();
            string reboots = string.Create(CultureInfo.InvariantCulture, $"{from}{(to > from ? $"-{to}" : "")}");
            output.WriteLine($"{reboots,-12} {group.GetProperty("nodes").GetString()}");
        }

        output.WriteLine($"{"THE LAST",-12} GUEST");
        foreach (JsonElement one in _root.GetProperty("last").EnumerateArray())
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{one.GetProperty("at").GetDateTimeOffset().ToLocalTime():HH:mm:ss.fff} {one.GetProperty("guest").GetString()}"));
    }

    private static string Gap(decimal perDay)
    {
        double seconds = TimeSpan.SecondsPerDay / (double)perDay;
        (double number, string unit) = seconds switch
        {
            < 120 => (seconds, "s"),
            < 2 * TimeSpan.SecondsPerHour => (seconds / TimeSpan.SecondsPerMinute, "min"),
            < 2 * TimeSpan.SecondsPerDay => (seconds / TimeSpan.SecondsPerHour, "h"),
            _ => (seconds / TimeSpan.SecondsPerDay, "days"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{number:0.##} {unit}");
    }
}
