namespace Megatux.Building;

/// <summary>Which experiments are meant.</summary>
internal static class ExperimentChoice
{
    /// <summary>The one of a name, or all where none is named.</summary>
    /// <param name="all">Names of those that there are.</param>
    /// <param name="wanted">The name that was given; null if none was.</param>
    /// <exception cref="BuildFailure">There is none of that name.</exception>
    public static IReadOnlyCollection<string> Of(IReadOnlyCollection<string> all, string? wanted) =>
        wanted is null ? all
        : all.Contains(wanted) ? [wanted]
        : throw new BuildFailure($"there is no experiment '{wanted}'{(NearestName.Hint(wanted, all) is { Length: > 0 } hint ? hint : ";")} there are {string.Join(", ", all)}");
}
