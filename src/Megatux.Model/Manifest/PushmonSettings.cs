using System.Globalization;

namespace Megatux.Model;

/// <summary>Monitoring, as an experiment uses it.</summary>
/// <param name="IntervalMs">How often every node says how it is, in milliseconds, 100 to 60,000; 0 for never.</param>
public sealed record PushmonSettings(int IntervalMs = PushmonSettings.DefaultIntervalMs)
{
    /// <summary>Once a second.</summary>
    public const int DefaultIntervalMs = 1000;

    private const int LeastIntervalMs = 100, MostIntervalMs = 60_000;

    /// <summary>How often every node says how it is; null for never.</summary>
    public TimeSpan? Interval => IntervalMs == 0 ? null : TimeSpan.FromMilliseconds(IntervalMs);

    /// <summary>Reads the property of a project: seconds, with a point where they are no whole ones.</summary>
    /// <param name="text">The property; the default where it is empty.</param>
    /// <exception cref="MegatuxException">It is none.</exception>
    public static PushmonSettings Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return new PushmonSettings();
        var settings = new PushmonSettings(decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal seconds) && seconds <= MostIntervalMs ? (int)(seconds * 1000) : -1);
        return settings.Check() is [{ } problem, ..] ? throw new MegatuxException(problem with { Message = problem.Message.Replace("is -1 ms", $"is '{Wording.Shorten(text)}'", StringComparison.Ordinal) }) : settings;
    }

    /// <summary>All that is wrong with the settings; empty if they can be used.</summary>
    public IReadOnlyList<Problem> Check() => IntervalMs is 0 or (>= LeastIntervalMs and <= MostIntervalMs) ? []
        : [new Problem(ErrorCodes.PlanValueOutOfRange, $"{ExperimentProperties.PushmonInterval} is {IntervalMs} ms: expected 0.1 to 60 seconds, or 0 for no monitoring.", ExperimentProperties.PushmonInterval)];
}
