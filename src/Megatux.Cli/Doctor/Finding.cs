namespace Megatux.Cli;

/// <summary>One fact about this machine.</summary>
/// <param name="Verdict">How to take it.</param>
/// <param name="Fact">What was found.</param>
/// <param name="Remedy">What to do about it, as a command where one does; null where there is nothing to do.</param>
internal sealed record Finding(Verdict Verdict, string Fact, string? Remedy = null)
{
    internal static Finding Ok(string fact) => new(Verdict.Ok, fact);

    internal static Finding Warning(string fact, string? remedy = null) => new(Verdict.Warning, fact, remedy);

    internal static Finding Missing(string fact, string? remedy = null) => new(Verdict.Missing, fact, remedy);

    /// <summary>What only root, of a user namespace at least, can find out.</summary>
    internal static Finding Untried(string what) => Warning($"{what}: not tried, since that takes root", "unshare --user --map-root-user megatux doctor tries it in a user namespace, sudo megatux doctor as root");
}
