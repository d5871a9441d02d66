using System.Globalization;

namespace Megatux.Model;

/// <summary>How many nodes something must hold on.</summary>
public sealed record NodeQuota
{
    private const decimal Whole = 100;

    private readonly decimal _percent;
    private readonly long? _nodes;

    private NodeQuota(decimal percent, long? nodes, bool isExact) => (_percent, _nodes, IsExact) = (percent, nodes, isExact);

    /// <summary>All of them.</summary>
    public static NodeQuota All { get; } = new(Whole, null, isExact: false);

    /// <summary>Whether it may not hold on more.</summary>
    public bool IsExact { get; }

    /// <summary>As <c>AtLeast</c> has it; null where it is not that.</summary>
    public string? AtLeast => IsExact || this == All ? null : _nodes?.ToString(CultureInfo.InvariantCulture) ?? string.Create(CultureInfo.InvariantCulture, $"{_percent}%");

    /// <summary>As <c>Count</c> has it; null where it is not that.</summary>
    public long? Count => IsExact ? _nodes : null;

    /// <summary>So many nodes and no others.</summary>
    public static NodeQuota Exactly(long nodes) => new(0, nodes, isExact: true);

    /// <summary>Reads what <c>AtLeast</c> says.</summary>
    /// <param name="text">A number from 1, or more than 0 and up to 100 percent: <c>3</c>, <c>95%</c>, <c>99.9%</c>.</param>
    /// <param name="quota">The quota.</param>
    /// <returns>False where it is neither.</returns>
    public static bool TryParseAtLeast(string text, out NodeQuota quota)
    {
        ArgumentNullException.ThrowIfNull(text);
        quota = All;
        if (text.EndsWith('%'))
        {
            if (!ValueParsers.Ratio(text[..^1].Trim(), out decimal percent) || percent is not (> 0 and <= Whole))
                return false;
            quota = new NodeQuota(percent, null, isExact: false);
            return true;
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long nodes) || nodes < 1)
            return false;
        quota = new NodeQuota(0, nodes, isExact: false);
        return true;
    }

    /// <summary>How many of so many nodes it takes.</summary>
    public long Of(long nodes) => _nodes ?? (long)Math.Ceiling(_percent / Whole * nodes);

    /// <summary>Whether it is met.</summary>
    /// <param name="passed">How many nodes it holds on.</param>
    /// <param name="nodes">How many there are.</param>
    public bool IsMet(long passed, long nodes) => IsExact ? passed == Of(nodes) : passed >= Of(nodes);

    /// <summary>For people: <c>all</c>, <c>at least 95%</c>, <c>exactly 1</c>.</summary>
    public override string ToString() => this == All ? "all" : IsExact ? string.Create(CultureInfo.InvariantCulture, $"exactly {Count}") : $"at least {AtLeast}";
}
