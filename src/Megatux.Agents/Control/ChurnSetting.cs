using System.Globalization;

namespace Megatux.Agents;

/// <summary>How much guests are to come and go, as requests and boot words say it: the rate, a comma, the seed.</summary>
/// <param name="Rate">The fraction of guests that reboot in a week, from 0.</param>
/// <param name="Seed">What decides which guest reboots when, from 0.</param>
public sealed record ChurnSetting(decimal Rate, int Seed)
{
    /// <summary>What <see cref="ToString"/> wrote; null if it is something else.</summary>
    public static ChurnSetting? Parse(string? text) =>
        text?.Split(',') is [var rate, var seed]
            && decimal.TryParse(rate, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal perWeek)
            && int.TryParse(seed, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? new ChurnSetting(perWeek, number) : null;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rate},{Seed}");
}
